import { getCollection, getEntry, render } from 'astro:content';
import { getLessons } from '../lessons.ts';
import { href } from '../paths.ts';
import type { Question } from './schema.ts';
import { sectionProblems } from './validate.ts';

/** A question with the section of its lesson that answers it. */
export interface LessonQuestion {
  question: Question;
  section: { title: string; href: string };
  /** File and question, for errors. */
  where: string;
}

async function entryOf(lesson: string) {
  const entry = await getEntry('quizzes', lesson);
  const file = `content/quizzes/${lesson}.yaml`;
  if (!entry) throw new Error(`${file} does not exist: write it, or take <Quiz> out of the lesson`);
  if (entry.data.draft)
    throw new Error(`${file} is a draft: take draft: true out of it to show it in its lesson`);
  return { file, quiz: entry.data };
}

/** All questions of a lesson, those of the bank too. Throws when the quiz is missing, a draft, or leads to no section. */
export async function loadQuiz(lesson: string): Promise<LessonQuestion[]> {
  const { file, quiz } = await entryOf(lesson);
  const page = await getEntry('docs', `lessons/${lesson}`);
  if (!page) throw new Error(`${file}: there is no lesson lessons/${lesson}`);
  const { headings } = await render(page);
  const slugs = headings.map((heading) => heading.slug);
  const problems = sectionProblems(file, quiz, slugs);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return quiz.questions.map((question) => ({
    question,
    section: {
      title: headings.find(({ slug }) => slug === question.section)?.text ?? '',
      href: href(`lessons/${lesson}/#${question.section}`),
    },
    where: `${file}, question ${question.id}`,
  }));
}

/** The questions that a lesson shows, or those that the page of `lab` does. */
export async function loadQuestions(lesson: string, lab?: string): Promise<LessonQuestion[]> {
  const all = await loadQuiz(lesson);
  return all.filter(({ question }) => !question.bank && question.lab === lab);
}

/** Every lesson that has questions, in the course's order, with all of them. */
export async function loadBank() {
  const quizzes = await getCollection('quizzes', ({ data }) => !data.draft);
  const lessons = (await getLessons()).filter(({ id }) => quizzes.some((quiz) => quiz.id === id));
  return Promise.all(
    lessons.map(async ({ id, title, module, href: address }) => ({
      ...{ id, title, module, href: address },
      questions: await loadQuiz(id),
    })),
  );
}

/** Whether the lesson itself does not show the question. */
const isElsewhere = ({ bank, lab }: Question) => bank === true || lab !== undefined;

/** What the progress page counts: each written lesson with the ids of the questions it shows, and of those in the bank. */
export async function loadCourse() {
  const quizzes = await getCollection('quizzes', ({ data }) => !data.draft);
  const lessons = await getLessons();
  return Promise.all(
    lessons.map(async ({ id, title, module, href: address, entry }) => {
      const has = quizzes.some((quiz) => quiz.id === id);
      if (has && !entry.body?.includes('<Quiz'))
        throw new Error(
          `content/quizzes/${id}.yaml: no page shows it; put <Quiz /> into ${entry.filePath}, or write draft: true`,
        );
      const all = (has ? await loadQuiz(id) : []).map(({ question }) => question);
      const idsOf = (bank: boolean) =>
        all.filter((each) => isElsewhere(each) === bank).map((each) => each.id);
      return { id, title, module, href: address, questions: idsOf(false), bank: idsOf(true) };
    }),
  );
}
