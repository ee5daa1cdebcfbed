/** The files that a run sees: what the page has sent, by absolute path. Nothing is written. */
export const files = new Map<string, string>();
/** The folder that holds `examples`, for a process that was started there. */
export const root = '/handshake';

export function absolute(path: string | URL): string {
  const text = path instanceof URL ? decodeURIComponent(path.pathname) : String(path);
  const parts: string[] = [];
  for (const part of (text.startsWith('/') ? text : `${root}/${text}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
