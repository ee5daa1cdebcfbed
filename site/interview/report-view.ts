/** A report as a part of the page. */
import type { Interview } from '../progress/document.ts';
import { count, day } from '../progress/parts.ts';
import { inline } from '../quiz/inline.ts';
import { LEVELS } from './course.ts';
import { element, link } from './dom.ts';
import {
  compareWords,
  RESULTS,
  type Reading,
  type Report,
  type Result,
  scoreWords,
  type TopicReport,
} from './report.ts';
import { clock } from './time.ts';

/** What the view needs beside the report. */
export interface Extras {
  /** Address of the page of all questions. */
  questions: string;
  /** What the reader wrote, by question. */
  texts?: Readonly<Record<string, string>>;
}

/** "Mid-level, 20 minutes, Nov 21, 2026". */
export function interviewWords({ level, minutes, at }: Interview): string {
  return `${LEVELS[level]}, ${minutes} minutes, ${day(at)}`;
}

export function reportView(report: Report, extras: Extras): DocumentFragment {
  const view = document.createDocumentFragment();
  const { interview, score, before, read, topics } = report;
  const length = `${clock(interview.seconds)} of ${clock(interview.minutes * 60)} minutes`;
  view.append(
    element('p', 'interview-score', `${scoreWords(score)}.`),
    element('p', '', `It took ${length}.`, ...compared(report)),
    element('h3', '', 'What to read first'),
    read.length > 0
      ? element('ol', '', ...read.map(readingView))
      : element('p', '', 'Nothing. Every answer was right, and none of them in doubt.'),
    element('h3', '', 'Topic by topic'),
    ...topics.flatMap((topic) => topicView(topic, before !== undefined, extras)),
  );
  return view;
}

function compared({ score, before }: Report): string[] {
  if (!before) return [' It is the first at this level: the next one is compared with it.'];
  const words = compareWords(score, before.score);
  return [` That is ${words}, on ${day(before.interview.at)}.`];
}

function readingView({ topic, section, questions }: Reading): HTMLElement {
  const address = `${topic.href}#${section.id}`;
  const times = questions > 1 ? ` (${count(questions, 'question')})` : '';
  return element('li', '', `${topic.title}: `, link(address, section.title), times);
}

function topicView(topic: TopicReport, compare: boolean, extras: Extras): Node[] {
  const { score, before, results } = topic;
  const title = topic.topic ? link(topic.topic.href, topic.topic.title) : 'No longer in the course';
  const words = compare && before ? `, ${compareWords(score, before)}` : '';
  return [
    element('h4', '', title),
    element('p', 'interview-part', `${score.right} of ${score.asked} right${words}`),
    element('ul', '', ...results.map((result) => resultView(result, topic, extras))),
  ];
}

function resultView({ id, grade, question }: Result, topic: TopicReport, extras: Extras) {
  const verdict = element('span', 'interview-result', RESULTS[grade]);
  verdict.dataset['verdict'] = grade > 1 ? 'right' : 'wrong';
  const mark = element('span', 'tick');
  mark.ariaHidden = 'true';
  verdict.prepend(mark);
  if (!question || !topic.topic) return element('li', '', verdict, element('code', '', id));
  const section = link(`${topic.topic.href}#${question.section.id}`, question.section.title);
  const item = element(
    'li',
    '',
    verdict,
    link(`${extras.questions}#${id}`, ...promptOf(question.prompt)),
    element('span', 'interview-section', 'Read: ', section),
  );
  const text = extras.texts?.[id];
  if (text) item.append(element('blockquote', '', text));
  return item;
}

function promptOf(prompt: string): (Node | string)[] {
  return inline(prompt).map(({ kind, text }) => (kind === 'text' ? text : element(kind, '', text)));
}
