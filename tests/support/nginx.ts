// nginx with the configuration that the example multi-node ships: other ports, and a certificate of the test's own.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import tls from 'node:tls';
import { findProgram, nginx, type Service } from '../../scripts/service.ts';
import { endChild, startOn } from './child.ts';
import { need } from './redis.ts';

const openssl: Service = { program: 'openssl', package: 'openssl' };
const shipped = new URL('../../examples/multi-node/nginx.conf', import.meta.url);
const trusted = tls.getCACertificates('default');

/** Replaces what stands exactly once. */
function swap(text: string, from: string, to: string): string {
  if (text.split(from).length !== 2)
    throw new Error(`nginx.conf has this not exactly once: ${from}`);
  return text.replace(from, to);
}

/** Skips the test where there is no nginx, or nothing to make a certificate with. */
export function needNginx(): void {
  for (const service of [nginx, openssl]) need(service, findProgram(service) !== undefined);
}

/**
 * Starts it on this port in front of two nodes; `change` alters what is shipped, text by text. This process trusts its
 * certificate from then on. Gives what ends it.
 */
export async function startNginx(
  port: number,
  nodes: readonly [string, string],
  change: readonly (readonly [from: string, to: string])[] = [],
): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
  chmodSync(folder, 0o755); // its workers may be another user
  const certificate = [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost'],
    ...['-addext', 'subjectAltName=DNS:localhost', '-keyout', 'key.pem', '-out', 'cert.pem'],
  ];
  execFileSync(findProgram(openssl) ?? '', certificate, { cwd: folder, stdio: 'ignore' });
  tls.setDefaultCACertificates([...trusted, readFileSync(join(folder, 'cert.pem'), 'utf8')]);

  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((each) => `${each}_temp_path ${folder}/${each};`)
    .join('\n');
  const places = [
    ['http {', `http {\naccess_log off;\n${temp}`],
    ['127.0.0.1:3443', `127.0.0.1:${port}`],
    ['127.0.0.1:3011', new URL(nodes[0]).host.replace('localhost', '127.0.0.1')],
    ['127.0.0.1:3012', new URL(nodes[1]).host.replace('localhost', '127.0.0.1')],
  ] as const;
  const conf = [...change, ...places].reduce(
    (text, [from, to]) => swap(text, from, to),
    readFileSync(shipped, 'utf8'),
  );
  writeFileSync(join(folder, 'nginx.conf'), conf);
  const globals = `daemon off; pid ${folder}/pid; error_log ${folder}/error.log;`;
  const args = ['-p', folder, '-e', `${folder}/error.log`, '-c', `${folder}/nginx.conf`];
  const child = await startOn(port, findProgram(nginx) ?? '', [...args, '-g', globals]);
  return async () => {
    await endChild(child, 'SIGTERM');
    tls.setDefaultCACertificates(trusted);
    rmSync(folder, { recursive: true, force: true });
  };
}

/** Whether this machine has a second address of its own to come from. */
export const hasSecondAddress = process.platform === 'linux';
