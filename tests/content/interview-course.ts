// The course as the interview sees it, read from the quiz files.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { Course } from '../../site/interview/course.ts';
import { quizSchema } from '../../site/quiz/schema.ts';
import { readLessons } from '../../site/sidebar.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const lessons = readLessons(root).map(({ file }) => basename(file, '.mdx'));

export const course: Course = {
  topics: lessons.map((id) => ({ id, title: `Lesson ${id}`, href: `/lessons/${id}/` })),
  questions: lessons.flatMap((lesson) => {
    const text = readFileSync(`${root}content/quizzes/${lesson}.yaml`, 'utf8');
    return quizSchema.parse(parse(text)).questions.map(({ id, level, kind, prompt, section }) => ({
      ...{ id, level, kind, prompt, lesson },
      section: { id: section, title: `Section ${section}` },
    }));
  }),
};
