// Prints the matrix as JSON, for the page that shows it: `node tests/attacks/list.ts`. It fails where
// an attack that must hold has no variant to fail on: such a cell would not be tested.
import { attacks, cellOf, exampleNames } from './all.ts';
import { variantOf } from './variants/index.ts';

const rows = attacks.map((attack) => ({
  title: attack.title,
  lesson: attack.lesson,
  cells: Object.fromEntries(
    exampleNames.map((name) => {
      const cell = cellOf(attack, name);
      if (cell.state === 'held') variantOf(name, attack.title);
      return [name, cell];
    }),
  ),
}));

console.log(JSON.stringify({ examples: exampleNames, rows }));
