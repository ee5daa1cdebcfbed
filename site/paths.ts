/** Addresses inside the site. Every link that a component writes goes through `href`. */

/** `path` (no leading slash: `lessons/start/`) below the base that the site is built for. */
export function href(path = ''): string {
  return `${import.meta.env.BASE_URL.replace(/\/$/, '')}/${path}`;
}
