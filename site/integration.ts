/** What the site adds to Astro: source and run pages, the in-tab runtime, the policy, checked links, and a reload when an example changes. */
import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { checkCsp, listInline } from './csp.ts';
import { checkBuiltLinks, checkLinks } from './links.ts';

export function handshake(): AstroIntegration {
  let base = '/';
  return {
    name: 'handshake',
    hooks: {
      'astro:config:setup': ({ command, config, injectRoute }) => {
        base = config.base;
        const root = fileURLToPath(config.root);
        checkLinks(root);
        if (command !== 'preview') {
          execFileSync(process.execPath, ['site/tab/cli.ts'], { cwd: root, stdio: 'inherit' });
        }
        injectRoute({ pattern: '/run/[example]', entrypoint: './site/pages/run.astro' });
        injectRoute({ pattern: '/cards.json', entrypoint: './site/pages/cards.json.ts' });
        if (process.env['REPO_URL']) return;
        injectRoute({ pattern: '/source/[...path]', entrypoint: './site/pages/source.astro' });
      },
      'astro:server:setup': ({ server }) => {
        server.watcher.on('change', (file) => {
          if (/[\\/](?:examples|tests)[\\/]/.test(file)) server.hot.send({ type: 'full-reload' });
        });
      },
      'astro:build:done': ({ dir }) => {
        const dist = fileURLToPath(dir);
        listInline(dist);
        checkCsp(dist);
        checkBuiltLinks(dist, base);
      },
    },
  };
}
