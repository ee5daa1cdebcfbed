// URLs of the wire.

/** A URL's parts, or undefined where it is none. */
export function addressOf(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}

/** Whether a URL is Engine.IO's: the standard path, and not the client that is served below it; or another one with its version. */
export function isSocketIo(url: URL): boolean {
  return url.pathname === '/socket.io/' || url.searchParams.has('EIO');
}

/** What a request line says of a URL: path and query. */
export function targetOf(url: string): string {
  const address = addressOf(url);
  return address ? address.pathname + address.search : url;
}
