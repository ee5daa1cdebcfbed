import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Loader } from 'astro/loaders';
import { regionLines } from './region.ts';
import { quizSchema } from './schema.ts';
import { checkQuizzes, type QuizFile } from './validate.ts';

const FOLDER = 'content/quizzes';

function quizFiles(root: string): QuizFile[] {
  return globSync(`${FOLDER}/*.yaml`, { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
}

function missingLessons(root: string, lessons: readonly { file: string; lesson: string }[]) {
  return lessons
    .filter(({ lesson }) => globSync(`content/docs/**/${lesson}.mdx`, { cwd: root }).length === 0)
    .map(
      ({ file, lesson }) =>
        `${file}: there is no lesson ${lesson}.mdx; rename the file, or write draft: true at its top`,
    );
}

/** Loads `content/quizzes/*.yaml`. Any problem in any file fails the build, all of them in one error. */
export function quizLoader(): Loader {
  return {
    name: 'handshake-quizzes',
    schema: quizSchema,
    async load({ store, config, watcher, logger, generateDigest }) {
      const root = fileURLToPath(config.root);
      const load = () => {
        const { quizzes, problems } = checkQuizzes(quizFiles(root), regionLines);
        const written = quizzes.filter(({ quiz }) => !quiz.draft);
        const all = [...problems, ...missingLessons(root, written)];
        if (all.length > 0) throw new Error(`Quizzes do not hold:\n  ${all.join('\n  ')}`);
        store.clear();
        for (const { file, lesson, quiz } of quizzes)
          store.set({ id: lesson, data: quiz, filePath: file, digest: generateDigest(quiz) });
      };
      if (existsSync(join(root, FOLDER))) load();
      watcher?.on('all', (_event, path) => {
        if (!path.replaceAll('\\', '/').includes(`${FOLDER}/`)) return;
        try {
          load();
        } catch (error) {
          logger.error(error instanceof Error ? error.message : String(error));
        }
      });
    },
  };
}
