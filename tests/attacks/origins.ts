import { Refused } from '../support/raw.ts';
import { attacksFor, type Verdict } from './attack.ts';
import { openPolling, openWebSocket, type Target } from './target.ts';

const attack = attacksFor('hijack', { calm: true });

type Open = typeof openWebSocket;

/** In as soon as one of the requests opens a connection; `saw` lists the statuses of the others. */
async function knock(
  target: Target,
  open: Open,
  tries: Record<string, string>[],
): Promise<Verdict> {
  const saw = new Set<string>();
  for (const headers of tries) {
    try {
      (await open(target.origin, headers)).close();
      return { in: true, saw: `open for ${JSON.stringify(headers)}` };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      saw.add(String(error.status));
    }
  }
  return { in: false, saw: [...saw].join(', ') };
}

const foreign = (target: Target) => [
  { Origin: 'https://attacker.example' },
  { Origin: 'null' },
  { Origin: `${target.origin}.attacker.example` },
  { Origin: target.origin.replace(/:\d+$/, ':1') },
];

attack('a page of a foreign or null origin cannot open a WebSocket', {
  held: '400',
  run: (target) => knock(target, openWebSocket, foreign(target)),
});

attack('a page of a foreign or null origin cannot open a connection by polling', {
  held: '403',
  run: (target) =>
    knock(target, openPolling, [
      ...foreign(target),
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
    ]),
});
