import { loadBank } from '../quiz/load.ts';
import type { Course } from './course.ts';

/** What the page of the interview carries: every question without its answers. */
export async function loadCourse(): Promise<Course> {
  const lessons = await loadBank();
  return {
    topics: lessons.map(({ id, title, href }) => ({ id, title, href })),
    questions: lessons.flatMap((lesson) =>
      lesson.questions.map(({ question: { id, level, kind, prompt, section }, section: read }) => ({
        ...{ id, lesson: lesson.id, level, kind, prompt },
        section: { id: section, title: read.title },
      })),
    ),
  };
}
