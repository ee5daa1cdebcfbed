/**
 * The frame in which a reader's server runs: an opaque origin (`sandbox="allow-scripts"`), with a policy of its own
 * that lets nothing out. The page posts it the runtime as text, for it may not fetch; its worker makes modules of it.
 *
 * The scripts are texts, so that the hash in the page's policy is that of what runs: a frame from srcdoc inherits
 * that policy. A module worker from a blob does not start in Chromium's opaque origins; a classic one does, and may
 * import modules.
 */

/** Makes a module of each chunk, and hands over to `boot`: first to be ready, then for the run. One after the other. */
const workerScript = `
const addresses = new Map();
const { port1, port2 } = new MessageChannel();
let last = Promise.resolve();
port1.onmessage = ({ data, ports: [port] }) => { last = last.then(() => take(data, port)); };
postMessage('ready', [port2]);
async function take({ chunks, entries, ready, run }, port) {
  for (const { file, parts } of chunks) {
    if (addresses.has(file)) continue;
    const code = parts.map((part, n) => n % 2 ? JSON.stringify(addresses.get(part)) : part);
    addresses.set(file, URL.createObjectURL(new Blob(code, { type: 'text/javascript' })));
  }
  const modules = {};
  for (const name in entries) modules[name] = addresses.get(entries[name]);
  try {
    await import(modules.globals);
    const { boot, prepare } = await import(modules.boot);
    if (run) await boot(run, port, modules);
    else await prepare(ready, modules);
  } catch (error) {
    port?.postMessage({ type: 'output', stream: 'stderr', text: String(error.stack ?? error) + '\\n' });
    port?.postMessage({ type: 'exit', code: 1 });
  }
}`;

/** Starts the worker. The page gets a port to it: what it sends need not wait for its own thread, where the frame is. */
export const serverScript = `
const text = ${JSON.stringify(workerScript)};
const worker = new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
worker.onmessage = ({ ports }) => parent.postMessage('ready', '*', [...ports]);`;

const policy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:",
  'worker-src blob:',
  "connect-src 'none'",
];

/** The document of the server's frame. */
export const serverDocument = [
  '<!doctype html><meta charset="utf-8">',
  `<meta http-equiv="content-security-policy" content="${policy.join('; ')}">`,
  `<script>${serverScript}</script>`,
].join('');
