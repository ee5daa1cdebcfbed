import { defineCollection } from 'astro:content';
import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema } from '@astrojs/starlight/schema';
import { z } from 'astro/zod';
import { modules } from './site/modules.ts';
import { quizLoader } from './site/quiz/loader.ts';
import { quizSchema } from './site/quiz/schema.ts';

/** What a lesson says beside Starlight's own frontmatter; `site/sidebar.ts` sees to it that none is missing. */
const lesson = z.object({
  module: z.enum(modules).optional(),
  order: z.number().int().nonnegative().optional(),
  outcome: z.string().max(160).optional(),
  example: z.string().optional(),
});

export const collections = {
  docs: defineCollection({ loader: docsLoader(), schema: docsSchema({ extend: lesson }) }),
  quizzes: defineCollection({ loader: quizLoader(), schema: quizSchema }),
};
