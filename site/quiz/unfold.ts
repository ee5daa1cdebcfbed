/**
 * Makes a question of the folded form in which the page of all questions holds it: there they stand inert, since
 * hundreds of elements that follow the reader's progress are slow to start, and without what all have alike.
 * `page`: where the parts that all share stand as templates. Throws when it lacks them.
 */
export function unfolded(folded: HTMLElement, page: ParentNode): HTMLElement {
  // A document without scripts: in this one, the element would start before it has its parts.
  const inert = document.implementation.createHTMLDocument();
  const question = inert.createElement('quiz-question');
  for (const { name, value } of folded.attributes) question.setAttribute(name, value);
  question.append(...inert.importNode(folded, true).childNodes);
  const kind = folded.dataset['kind'] === 'open' ? 'open' : 'other';
  const shared = page.querySelector<HTMLTemplateElement>(`template[data-controls="${kind}"]`);
  const answers = question.querySelector('.answers');
  const summary = folded.previousElementSibling;
  if (!shared || !answers || !summary)
    throw new Error('The page of all questions lacks a part of a question.');
  answers.before(inert.importNode(shared.content, true));
  const prompt = inert.importNode(summary, true);
  question.querySelector('.question-prompt')?.append(...prompt.childNodes);
  return document.importNode(question, true);
}
