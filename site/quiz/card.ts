/** A question as a flash card: plain text on both sides. */
import type { Card } from '../progress/anki.ts';
import type { RegionLines } from './rules.ts';
import { isOpen, isOrder, isSpot, type Question } from './schema.ts';
import { displaced } from './shuffle.ts';
import { spotLines } from './spot.ts';

type ReadRegion = (file: string, region: string) => RegionLines;

/** Code between backticks stays so; emphasis loses its marks, for a card has none. */
const plain = (text: string) =>
  text.replace(/(`[^`]+`)|\*([^*\s](?:[^*]*[^*\s])?)\*/g, (_all, code, em) => code ?? em).trim();

/** Spaces at the beginning of a line of code, kept where spaces fold. */
const code = (text: string) =>
  text.trimEnd().replace(/^ +/gm, (spaces) => '\u00a0'.repeat(spaces.length));

const letter = (index: number) => String.fromCharCode(65 + index);

const paragraphs = (...parts: (string | undefined)[]) => parts.filter(Boolean).join('\n\n');

/** What stands under the prompt, and the answer. */
function sidesOf(question: Question, readRegion: ReadRegion): { asked: string; answer: string } {
  if (isOpen(question)) {
    const rubric = question.rubric.map(({ text }) => `• ${plain(text)}`);
    return { asked: '', answer: paragraphs(plain(question.answer), rubric.join('\n')) };
  }
  if (isOrder(question)) {
    const shown = displaced(question.steps, question.steps.length);
    return {
      asked: shown.map(({ text }) => `• ${plain(text)}`).join('\n'),
      answer: question.steps
        .map(({ text, why }, index) => `${index + 1}. ${plain(text)}\n${plain(why)}`)
        .join('\n'),
    };
  }
  if (isSpot(question)) {
    const lines = spotLines(question, readRegion(question.file, question.region));
    const right = lines.filter((line) => line.right);
    return {
      asked: code(
        lines.map((line) => `${line.number} ${' '.repeat(line.indent)}${line.code}`).join('\n'),
      ),
      answer: right
        .map((line) => `${line.number} ${line.code}\n${plain(line.why ?? '')}`)
        .join('\n\n'),
    };
  }
  const options = question.options.map((option, index) => ({
    ...option,
    text: `${letter(index)}) ${plain(option.text)}`,
  }));
  return {
    asked: options.map(({ text }) => text).join('\n'),
    answer: options
      .filter(({ right }) => right)
      .map(({ text, why }) => `${text}\n${plain(why)}`)
      .join('\n\n'),
  };
}

/** The card of a question of `lesson`. Front: prompt, code and what there is to choose; back: the right answer and why. */
export function cardOf(question: Question, lesson: string, readRegion: ReadRegion): Card {
  const { asked, answer } = sidesOf(question, readRegion);
  return {
    id: question.id,
    front: paragraphs(plain(question.prompt), question.code && code(question.code), asked),
    back: paragraphs(answer, question.explain && plain(question.explain)),
    tags: ['handshake', lesson, question.level, question.kind],
  };
}
