// Every question as a card: what the export for Anki is made of. Made at build, so that the page needs no markup read.
import type { APIRoute } from 'astro';
import { cardOf } from '../quiz/card.ts';
import { loadBank } from '../quiz/load.ts';
import { regionLines } from '../quiz/region.ts';

export const GET: APIRoute = async () => {
  const lessons = await loadBank();
  const cards = lessons.flatMap(({ id, questions }) =>
    questions.map(({ question }) => cardOf(question, id, regionLines)),
  );
  return Response.json(cards);
};
