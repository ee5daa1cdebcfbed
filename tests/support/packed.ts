// Preloaded into an example, before all others: it takes npm's packages from the folder that pack.ts has made, and
// react-hook's page from kept-page.ts.
import { existsSync, readdirSync } from 'node:fs';
import { registerHooks } from 'node:module';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const folder = process.env.HANDSHAKE_PACKED ?? '';
if (existsSync(folder)) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const packed = new Map(
    files.map((file) => [file.replaceAll('\\', '/').slice(0, -'.mjs'.length), `${folder}/${file}`]),
  );
  registerHooks({
    resolve(specifier, context, next) {
      const from = context.parentURL ?? '';
      if (specifier === 'vite' && from.endsWith('/react-hook/page.ts')) {
        return next(new URL('kept-page.ts', import.meta.url).href, context);
      }
      const file = packed.get(specifier);
      if (!file || from.includes('/node_modules/')) return next(specifier, context);
      return { url: pathToFileURL(file).href, format: 'module', shortCircuit: true };
    },
  });
}
