import type { Question, SpotQuestion } from './schema.ts';

/** The lines of a region of a file under `examples/`; `firstLine` counts from 1 in that file. */
export interface RegionLines {
  lines: readonly string[];
  firstLine: number;
}

/** Reads a region; throws when the file or the region is gone. */
export type ReadRegion = (file: string, region: string) => RegionLines;

function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

function countProblems(question: Question): string[] {
  if (question.kind !== 'single' && question.kind !== 'multiple' && question.kind !== 'predict')
    return [];
  const problems = repeated(question.options.map((option) => option.id)).map(
    (id) => `option ${id} stands twice: give each option its own id`,
  );
  const count = question.options.filter((option) => option.right).length;
  if (question.kind === 'multiple') {
    if (count < 1) problems.push('no option is right: mark at least one with right: true');
  } else if (count !== 1) {
    problems.push(
      `${count} options are right: mark exactly one with right: true, or use kind multiple`,
    );
  }
  return problems;
}

function lineProblems(question: SpotQuestion, region: RegionLines): string[] {
  return question.lines.flatMap(({ id, text }) => {
    const found = region.lines.filter((line) => line.includes(text)).length;
    if (found === 1) return [];
    const often = found === 0 ? 'in no line' : `in ${found} lines`;
    return [
      `line ${id}: "${text}" is ${often} of ${question.file} #region ${question.region}; ` +
        'give a text that one line alone holds',
    ];
  });
}

function spotProblems(question: Question, readRegion: ReadRegion): string[] {
  if (question.kind !== 'spot') return [];
  const problems = repeated(question.lines.map((line) => line.id)).map(
    (id) => `line ${id} stands twice: give each line its own id`,
  );
  if (!question.lines.some((line) => line.right))
    problems.push('no line is right: mark at least one with right: true');
  try {
    problems.push(...lineProblems(question, readRegion(question.file, question.region)));
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  return problems;
}

function listProblems(question: Question): string[] {
  const [name, list] =
    question.kind === 'order'
      ? (['step', question.steps] as const)
      : (['rubric line', question.kind === 'open' ? question.rubric : []] as const);
  return repeated(list.map(({ id }) => id)).map(
    (id) => `${name} ${id} stands twice: give each ${name} its own id`,
  );
}

/** What the schema cannot say about one question; an empty list when all is well. */
export function ruleProblems(question: Question, readRegion: ReadRegion): string[] {
  return [
    ...countProblems(question),
    ...spotProblems(question, readRegion),
    ...listProblems(question),
  ];
}
