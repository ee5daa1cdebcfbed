// Preloaded into a server that is measured: answers over IPC with the CPU time so far, in µs, or with the bytes of
// memory that are left after a collection.
import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

process.on('message', ({ n, memory }: { n: number; memory?: boolean }) => {
  if (memory) collect();
  const { user, system } = process.cpuUsage();
  process.send?.({ done: n, value: memory ? process.memoryUsage.rss() : user + system });
});
process.channel?.unref();
