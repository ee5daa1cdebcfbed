// `npm run bench:events`: what a check costs that runs for each event, against the same server without it, by the
// server's own CPU time; what verifying a token costs alone; and what a connection costs in memory.
// `-- --save` keeps the tables for the course, with the machine and the date.
import { writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { WebSocket } from 'ws';
import { type Checked, startServers } from './event-servers.ts';
import { memoryOfConnection } from './memory.ts';
import { compare, conditions, SLICES, share, slice } from './rounds.ts';
import { verifyAlone } from './verify.ts';

const EVENTS = 4_000; // in a slice
const AT_A_TIME = 20; // connections, each with one event under way

/** A connection that is in. What it returns sends one event, and resolves with its acknowledgement. */
function connect({ example }: Checked): Promise<() => Promise<void>> {
  const url = `${example.origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
  const socket = new WebSocket(url, { perMessageDeflate: false });
  let answered = () => {};
  const send = () =>
    new Promise<void>((resolve) => {
      answered = resolve;
      socket.send('421["whoami",{"text":"hello"}]');
    });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (data) => {
      const text = String(data);
      if (text.startsWith('431[{"id"')) answered();
      else if (text === '2') socket.send('3');
      else if (text.startsWith('0')) socket.send(`40${JSON.stringify({ token: example.sign() })}`);
      else if (text.startsWith('40')) resolve(send);
      else reject(new Error(`unexpected answer: ${text}`));
    });
  });
}

const servers = startServers();

async function measure() {
  const inside = new Map<Checked, (() => Promise<void>)[]>();
  for (const server of servers) {
    await server.example.ready();
    inside.set(server, await Promise.all(Array.from({ length: AT_A_TIME }, () => connect(server))));
  }
  return compare(servers, EVENTS, (server) => {
    const sends = inside.get(server) ?? [];
    return slice(server.example, () => share(EVENTS, AT_A_TIME, (n) => sends[n]?.() ?? noSuch(n)));
  });
}

async function noSuch(n: number): Promise<void> {
  throw new Error(`there is no connection ${n}`);
}

const rows = await measure().finally(() =>
  Promise.all(servers.map(({ example }) => example.stop())),
);
const verify = verifyAlone();
const memory = [
  { label: 'as it is', kilobytes: await memoryOfConnection(false) },
  { label: 'with perMessageDeflate', kilobytes: await memoryOfConnection(true) },
];

const { date, node, machine, rounds } = conditions();
const events = SLICES * EVENTS;
console.log(`An event and its acknowledgement over WebSocket, Node ${node}, ${machine}`);
console.log(`Median of ${rounds} rounds of ${events} events, interleaved by ${EVENTS}\n`);
console.table(rows);
console.log('Differences under 10 % mean nothing here: look at the A/A line.');
console.log('\nVerifying an HS256 token, nothing else');
console.table(verify);
console.log('A connection that is signed in, in the memory of the server');
console.table(memory);
if (argv.includes('--save')) {
  const result = { date, node, machine, rounds, events, rows, verify, memory };
  writeFileSync('bench/events.json', `${JSON.stringify(result, null, 2)}\n`);
}
process.exit();
