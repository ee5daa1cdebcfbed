/** Route middleware: fonts used first are fetched first, and a lesson is described by its outcome. */
import { defineRouteMiddleware } from '@astrojs/starlight/route-data';
import mono from '@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2?url';
import serif from '@fontsource/source-serif-4/files/source-serif-4-latin-400-normal.woff2?url';
import grotesque from '@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2?url';

export const onRequest = defineRouteMiddleware(({ locals }) => {
  const { entry, head } = locals.starlightRoute;
  const fonts =
    entry.id === '' || entry.id === 'index' ? [grotesque, serif, mono] : [grotesque, serif];
  for (const href of fonts) {
    head.push({
      tag: 'link',
      attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: 'anonymous', href },
    });
  }
  const { description, outcome, title } = entry.data;
  if (description || !outcome) return;
  for (const { attrs } of head) {
    if (attrs?.['name'] === 'description' || attrs?.['property'] === 'og:description') {
      attrs['content'] = `${title}: ${outcome}.`;
    }
  }
});
