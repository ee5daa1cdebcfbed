/**
 * The content security policy: what Astro is told, and what is added to each page after the build.
 *
 * Astro writes the policy as a `<meta>` behind Starlight's first inline script, with the hashes of all that it bundled
 * for any page and of none that Starlight wrote inline (theme, sidebar). `listInline` puts it at the head's
 * beginning, with the hashes of what the page itself has inline.
 */
import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientScript } from './tab/clientDocument.ts';
import { serverScript } from './tab/serverDocument.ts';

/** Value of Astro's `security.csp`. */
export const csp = {
  directives: [
    "default-src 'none'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self' blob:",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
  ],
  scriptDirective: { resources: ["'self'", "'wasm-unsafe-eval'"] },
  styleDirective: {
    resources: ["'self'", { resource: "'unsafe-inline'", kind: 'attribute' }],
  },
};

const META = /<meta http-equiv="content-security-policy" content="([^"]*)"\s*\/?>/i;
const CHARSET = /<meta charset="utf-8"\s*\/?>/i;
const INLINE = /<(script|style)\b([^>]*)>([\s\S]*?)<\/\1>/gi;
const NOT_CODE = /\btype\s*=\s*["']?(?:application\/(?:ld\+)?json|text\/plain)/i;

interface Inline {
  directive: 'script-src' | 'style-src';
  hash: string;
  text: string;
}

/** The frames of a playground inherit its page's policy: there, their scripts are listed, and modules from blobs. */
const frameScripts = [serverScript, clientScript].map(
  (text): Inline => ({ directive: 'script-src', hash: hashOf(text), text }),
);

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** Gives every page of the built site a policy that lists its own inline scripts and styles, and no others. */
export function listInline(dist: string): void {
  for (const file of pagesOf(dist)) {
    const html = readFileSync(join(dist, file), 'utf8');
    const [meta, policy] = META.exec(html) ?? [];
    if (meta === undefined || policy === undefined) continue;
    const scripts = /<tab-(?:playground|lab)\b/.test(html) ? frameScripts : [];
    const bare = policy.replace(/ 'sha256-[^']+'/g, '');
    const open = scripts.length > 0 ? bare.replace('script-src ', 'script-src blob: ') : bare;
    const exact = [...inlineOf(html), ...scripts].reduce(addHash, open);
    const moved = `<meta http-equiv="content-security-policy" content="${exact}"/>`;
    const rest = html.replace(meta, '');
    writeFileSync(
      join(dist, file),
      rest.replace(CHARSET, (charset) => charset + moved),
    );
  }
}

/** Throws, naming each page and the beginning of each script or style, for whatever the policy would block. */
export function checkCsp(dist: string): void {
  const faults = pagesOf(dist).flatMap((file) => {
    const html = readFileSync(join(dist, file), 'utf8');
    const [meta, policy] = META.exec(html) ?? [];
    if (meta === undefined || policy === undefined) return [`${file}: no content security policy`];
    const [early] = inlineOf(html.slice(0, html.indexOf(meta)));
    const before = early ? [`${file}: stands before the policy: ${excerpt(early)}`] : [];
    const blocked = inlineOf(html)
      .filter((item) => !allows(policy, item))
      .map((item) => `${file}: ${item.directive} does not list '${item.hash}': ${excerpt(item)}`);
    return [...before, ...blocked];
  });
  if (faults.length > 0) throw new Error(`Content security policy:\n  ${faults.join('\n  ')}`);
}

function pagesOf(dist: string): string[] {
  return globSync('**/*.html', { cwd: dist }).sort();
}

function inlineOf(html: string): Inline[] {
  return [...html.matchAll(INLINE)].flatMap(([, tag = '', attributes = '', text = '']) => {
    const isScript = tag.toLowerCase() === 'script';
    if (text === '' || (isScript && (/\bsrc\s*=/.test(attributes) || NOT_CODE.test(attributes)))) {
      return [];
    }
    const directive = isScript ? 'script-src' : 'style-src';
    return [{ directive, hash: hashOf(text), text } as const];
  });
}

function allows(policy: string, { directive, hash }: Inline): boolean {
  return sourcesOf(policy, directive).includes(`'${hash}'`);
}

function sourcesOf(policy: string, directive: string): string[] {
  const parts = policy.split(';').map((part) => part.trim().split(/\s+/));
  return parts.find(([name]) => name === directive)?.slice(1) ?? [];
}

function addHash(policy: string, item: Inline): string {
  if (allows(policy, item)) return policy;
  const parts = policy.split(';').map((part) => part.trim());
  const at = parts.findIndex((part) => part.split(/\s+/)[0] === item.directive);
  if (at === -1) return `${policy.replace(/;?\s*$/, ';')} ${item.directive} '${item.hash}';`;
  return parts.map((part, index) => (index === at ? `${part} '${item.hash}'` : part)).join('; ');
}

function excerpt({ text }: Inline): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 80);
}
