import { part } from '../progress/parts.ts';
import { recordInterview } from '../progress/record.ts';
import { $state } from '../progress/store.ts';
import type { Course } from './course.ts';
import { byTime, report } from './report.ts';
import { interviewWords, reportView } from './report-view.ts';
import type { Running } from './running.ts';

/** Keeps an interview that has come to its end, and writes its report into `root`. Gives it, and all there are. */
export function conclude(root: HTMLElement, course: Course, running: Running, questions: string) {
  const { level, minutes, seconds, topics, results, texts } = running;
  recordInterview({ level, minutes, seconds, topics, results });
  const all = byTime($state.get().progress.interviews.values());
  const [held] = all;
  if (!held) throw new Error('The interview was not recorded.');
  part(root, 'made').replaceChildren(reportView(report(course, held, all), { questions, texts }));
  part(root, 'title').textContent = `Your report: ${interviewWords(held)}`;
  return { held, all };
}
