/** An example with the reader's changes, as a folder that runs on the reader's own machine. */

export interface FolderOptions {
  example: string;
  /** Path from the project's root (`examples/NAME/server.ts`, `examples/lib/env.ts`) and text. */
  files: Readonly<Record<string, string>>;
  /** Name and exact version of each package that these files import: `{ "socket.io": "4.8.4" }`. */
  packages: Readonly<Record<string, string>>;
}

/**
 * A zip with one folder, `handshake-NAME`. Throws for a path outside `examples/NAME` and `examples/lib`, for a
 * version that is not exact, and when there is no server to start. Loads fflate when first asked.
 */
export async function folderOf(options: FolderOptions): Promise<Blob> {
  const { strToU8, zipSync } = await import('fflate');
  const entries = Object.entries(textsOf(options)).map(([path, text]) => [path, strToU8(text)]);
  const zip = zipSync(Object.fromEntries(entries));
  return new Blob([zip], { type: 'application/zip' });
}

/** The folder's name, and with `.zip` behind it the file's. */
export function folderName(example: string): string {
  return `handshake-${example}`;
}

/** Every file of the zip: path and text. */
export function textsOf({ example, files, packages }: FolderOptions): Record<string, string> {
  const server = `examples/${example}/server.ts`;
  if (!Object.hasOwn(files, server)) throw new Error(`There is no ${server} to start.`);
  const all = {
    ...files,
    'package.json': manifestOf(example, packages),
    'README.md': readmeOf(example),
  };
  return Object.fromEntries(
    Object.entries(all).map(([path, text]) => {
      if (Object.hasOwn(files, path)) checkPath(path, example);
      return [`${folderName(example)}/${path}`, text];
    }),
  );
}

function checkPath(path: string, example: string): void {
  const [top, folder, ...rest] = path.split('/');
  const inside = top === 'examples' && (folder === example || folder === 'lib');
  const plain = rest.length > 0 && rest.every((part) => !['', '.', '..'].includes(part));
  if (!inside || !plain || path.includes('\\'))
    throw new Error(`${path} is neither in examples/${example} nor in examples/lib.`);
}

function manifestOf(example: string, packages: FolderOptions['packages']): string {
  const dependencies = Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, version] of dependencies)
    if (!/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
      throw new Error(`${name} needs an exact version, not "${version}".`);
  const manifest = {
    name: folderName(example),
    private: true,
    type: 'module',
    engines: { node: '>=22.18' },
    scripts: { start: `node examples/${example}/server.ts` },
    dependencies: Object.fromEntries(dependencies),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function readmeOf(example: string): string {
  return `# ${example}, as you left it

The example \`${example}\` of Handshake, with your changes. It needs Node 22.18 or newer, which runs TypeScript as
it is.

\`\`\`
npm install
npm start
\`\`\`

It prints \`ready\` and an address: open that. Ctrl+C ends it. \`npm start -- --port 0\` takes a free port.

- \`examples/${example}/server.ts\`: the server, with your changes.
- \`examples/lib\`: what it imports.

Settings come from the environment, or from a file \`.env\` beside \`server.ts\`.
`;
}
