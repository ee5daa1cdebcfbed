// Serves a built site to the tests: `node scripts/serve.ts DIST PORT BASE`.
import process from 'node:process';
import { preview } from 'astro';
import { root } from './lib.ts';

const [outDir = 'dist', port = '4390', base = '/'] = process.argv.slice(2);
process.env.ASTRO_TELEMETRY_DISABLED = '1';
process.env.BASE_PATH = base;
await preview({ root, base, outDir, logLevel: 'error', server: { port: Number(port) } });
