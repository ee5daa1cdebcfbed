/**
 * The frame in which a reader's server runs: an opaque origin (`sandbox="allow-scripts"`), with a policy of its own
 * that lets nothing out. The page posts it the runtime as text, for it may not fetch; its worker makes modules of it.
 *
 * The scripts are texts, so that the hash in the page's policy is that of what runs: a frame from srcdoc inherits
 * that policy. A module worker from a blob does not start in Chromium's opaque origins; a classic one does, and may
 * import modules.
 */

/** Makes a module of each chunk, those that it imports first, and hands over to `boot` when there is a run. */
const workerScript = `
const addresses = new Map();
addEventListener('message', async ({ data, ports }) => {
  for (const { file, code } of data.chunks) {
    if (addresses.has(file)) continue;
    const linked = code.replace(/(["'\`])\\.\\/([\\w.~-]+\\.js)\\1/g, (whole, quote, name) =>
      addresses.has(name) ? JSON.stringify(addresses.get(name)) : whole);
    addresses.set(file, URL.createObjectURL(new Blob([linked], { type: 'text/javascript' })));
  }
  const modules = {};
  for (const name in data.entries) modules[name] = addresses.get(data.entries[name]);
  const [port] = ports;
  try {
    await import(modules.globals);
    const { boot } = await import(modules.boot);
    if (data.run) await boot(data.run, port, modules);
  } catch (error) {
    port?.postMessage({ type: 'output', stream: 'stderr', text: String(error.stack ?? error) + '\\n' });
    port?.postMessage({ type: 'exit', code: 1 });
  }
});`;

/** Starts the worker and passes on what the page sends. */
export const serverFrameScript = `
let worker;
addEventListener('message', ({ data, ports, source }) => {
  if (source !== parent) return;
  if (!worker) {
    const text = ${JSON.stringify(workerScript)};
    worker = new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
    worker.onerror = (event) => parent.postMessage({ failed: event.message }, '*');
  }
  worker.postMessage(data, [...ports]);
});
parent.postMessage('ready', '*');`;

const policy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:",
  'worker-src blob:',
  "connect-src 'none'",
];

/** The document of the server's frame. */
export const serverFrame = [
  '<!doctype html><meta charset="utf-8">',
  `<meta http-equiv="content-security-policy" content="${policy.join('; ')}">`,
  `<script>${serverFrameScript}</script>`,
].join('');
