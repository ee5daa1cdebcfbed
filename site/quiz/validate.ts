import { explainIssue } from './explain.ts';
import { type ReadRegion, ruleProblems } from './rules.ts';
import { KEBAB, type Quiz, quizSchema } from './schema.ts';
import { parseYaml } from './yaml.ts';

/** A quiz file as found on disk; `file` is its path from the project's root. */
export interface QuizFile {
  file: string;
  text: string;
}

interface CheckedQuiz {
  file: string;
  lesson: string;
  quiz: Quiz;
}

export interface CheckedQuizzes {
  quizzes: CheckedQuiz[];
  /** One line a problem, each naming file, question and what to do. */
  problems: string[];
}

/** The lesson a quiz file belongs to: its file name without `.yaml`. */
function lessonOf(file: string): string {
  return file.replace(/^.*\//, '').replace(/\.yaml$/, '');
}

function checkFile({ file, text }: QuizFile, readRegion: ReadRegion): CheckedQuizzes {
  const lesson = lessonOf(file);
  if (!KEBAB.test(lesson))
    return { quizzes: [], problems: [`${file}: name the file after its lesson, in kebab-case`] };
  const parsed = parseYaml(file, text);
  if ('problems' in parsed) return { quizzes: [], problems: parsed.problems };
  const result = quizSchema.safeParse(parsed.data);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => explainIssue(file, parsed.data, issue));
    return { quizzes: [], problems };
  }
  const problems = result.data.questions.flatMap((question) =>
    ruleProblems(question, readRegion).map((line) => `${file}, question ${question.id}: ${line}`),
  );
  return { quizzes: [{ file, lesson, quiz: result.data }], problems };
}

function duplicateProblems(quizzes: readonly CheckedQuiz[]): string[] {
  const seen = new Map<string, string>();
  return quizzes.flatMap(({ file, quiz }) =>
    quiz.questions.flatMap(({ id }) => {
      const first = seen.get(id);
      seen.set(id, first ?? file);
      if (first === undefined) return [];
      return [`${file}, question ${id}: this id stands already in ${first}; give it another`];
    }),
  );
}

/** Checks all quiz files together. Pure: files and regions come in, quizzes and problems go out. */
export function checkQuizzes(files: readonly QuizFile[], readRegion: ReadRegion): CheckedQuizzes {
  const checked = files.map((file) => checkFile(file, readRegion));
  const quizzes = checked.flatMap((result) => result.quizzes);
  const problems = checked.flatMap((result) => result.problems);
  return { quizzes, problems: [...problems, ...duplicateProblems(quizzes)] };
}

/** Each question must lead back to a heading of its lesson; `slugs` are that lesson's. */
export function sectionProblems(
  file: string,
  quiz: Pick<Quiz, 'questions'>,
  slugs: readonly string[],
): string[] {
  return quiz.questions
    .filter((question) => !slugs.includes(question.section))
    .map(
      ({ id, section }) =>
        `${file}, question ${id}: the lesson has no section "${section}"; it has ${slugs.join(', ') || 'no heading'}`,
    );
}
