/** The grammars beside TypeScript's, and what the editor's keys need to know of these languages. */
import { languageMap } from 'prism-code-editor';
import { languages } from 'prism-code-editor/prism';
import 'prism-code-editor/prism/languages/css';
import 'prism-code-editor/prism/languages/markup';

languages['env'] = {
  comment: /^[ \t]*#.*/m,
  property: /^[ \t]*\w+(?==)/m,
  operator: /=/,
};
languageMap['env'] = { comments: { line: '#' } };
languageMap['css'] = { comments: { block: ['/*', '*/'] } };
languageMap['html'] = { comments: { block: ['<!--', '-->'] } };
