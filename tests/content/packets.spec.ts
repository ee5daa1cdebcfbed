// The packets on the pages are those of a run. These runs make them again, and each packet on a page
// must be among them: ids and tokens may differ, and `…` stands for what a page leaves out.

import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Example } from '../support/example.ts';
import { expect, test } from '../support/test.ts';
import type { Run } from './runs/run.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The `data` of every `<Packet>` of a page. */
function packetsOf(file: string): string[] {
  const text = readFileSync(`${root}${file}`, 'utf8');
  return [...text.matchAll(/<Packet\b[^>]*?\bdata=(?:"([^"]*)"|\{\s*'([^']*)'\s*\})/g)].map(
    ([, plain, quoted]) => plain ?? quoted ?? '',
  );
}

function pattern(packet: string): RegExp {
  const escaped = packet
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/"sid":"[\w-]{20}"/, '"sid":"[\\w-]{20}"')
    .replace(/eyJ[^"&]*/, 'eyJ[\\w.-]+')
    .replace(/\b[\w-]{43}\b/, '[\\w-]{43}') // a ticket
    .replaceAll('…', '.*');
  return new RegExp(`^${escaped}$`);
}

test.describe.configure({ timeout: 120_000 }); // it starts some twenty servers

test('every packet on a page is one of a run', async ({ startExample, plainServer }) => {
  const heard: string[] = [];
  const shared = new Map<string, Promise<Example>>();
  const run: Run = {
    startExample,
    shareExample: (name) => {
      const found = shared.get(name) ?? startExample(name);
      shared.set(name, found);
      return found;
    },
    plainServer,
    keep: (...texts) => void heard.push(...texts),
    send: async (raw, packet) => {
      heard.push(packet);
      await raw.send(packet);
    },
  };
  for (const file of globSync('tests/content/runs/*.ts', { cwd: root, exclude: ['**/run.ts'] })) {
    const { record }: { record(run: Run): Promise<void> } = await import(`${root}${file}`);
    await record(run);
  }
  const pages = globSync('content/docs/{index.mdx,[0-9]*/*.mdx}', { cwd: root });
  expect(pages.length).toBeGreaterThan(3);
  for (const page of pages) {
    for (const packet of packetsOf(page)) {
      expect(
        heard.some((real) => pattern(packet).test(real)),
        `${page}: ${packet}`,
      ).toBe(true);
    }
  }
});
