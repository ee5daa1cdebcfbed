#!/usr/bin/env node
// Playwright starts this as if it were Firefox. It starts Firefox and passes on what the two say over WebDriver BiDi,
// but for what Firefox's long-term release (140) does not know yet, and for Playwright's `eval` in the page's own world,
// which the policy of a playground forbids there (the sandbox of the debugger is not asked).
import { spawn } from 'node:child_process';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { WebSocket, WebSocketServer } from 'ws';

interface Message {
  id?: number;
  type?: string;
  error?: string;
  method?: string;
  params?: Record<string, unknown>;
  result?: unknown;
}
type Value = { type?: string; value?: unknown; sharedId?: string };

/** Commands that may fail: what they set up is not used here, or is as asked already. */
const optional = new Set([
  'network.addDataCollector',
  'browser.setDownloadBehavior',
  'emulation.setScreenOrientationOverride',
  'emulation.setScreenSettingsOverride',
  'emulation.setMediaFeaturesOverride',
  'emulation.setLocaleOverride',
]);

const evaluating = '(utilityScript, ...args) => utilityScript.evaluate(...args)';
/** In place of a helper that Playwright would have to evaluate first: it types into a field. */
const typing = `(text) => {
  const element = document.activeElement;
  if (element?.localName === 'iframe') return element;
  element.setRangeText(text, element.selectionStart, element.selectionEnd, 'end');
  element.dispatchEvent(new InputEvent('input', { data: text, bubbles: true, composed: true }));
}`;

/** Puts the function that Playwright would evaluate into the one that the debugger calls. */
function inline(params: Record<string, unknown>): void {
  const [, isFunction, , source] = params['arguments'] as Value[];
  if (params['functionDeclaration'] !== evaluating || !source || isFunction?.value !== true) return;
  let code = String(source.value);
  if (code.includes('injectedScript.extend(')) code = '() => {}';
  if (code.includes('__pw_bidiInsertText(')) code = typing;
  params['functionDeclaration'] = `(script, ...args) => script.evaluate.call(
    Object.create(script, { global: { value: { eval: () => (${code}) } } }), ...args)`;
  source.value = '';
}

/** A connection to Firefox, on which the relay can ask questions of its own. */
class Far {
  readonly socket: WebSocket;
  private readonly early: string[] = [];
  private readonly waiting = new Map<number, (message: Message) => void>();
  private last = 2 ** 40; // above the numbers that Playwright uses, but for two that it ends with

  constructor(url: string, hear: (text: string, message: Message) => void) {
    this.socket = new WebSocket(url, { perMessageDeflate: false });
    this.socket.once('open', () => {
      for (const text of this.early) this.socket.send(text);
    });
    this.socket.on('message', (data) => {
      const text = String(data);
      const message: Message = JSON.parse(text);
      const answered = this.waiting.get(message.id ?? 0);
      this.waiting.delete(message.id ?? 0);
      if (answered) answered(message);
      else hear(text, message);
    });
  }
  send(message: Message): void {
    const text = JSON.stringify(message);
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(text);
    else this.early.push(text);
  }
  ask(method: string, params: Record<string, unknown>): Promise<Message> {
    this.last += 1;
    this.send({ id: this.last, method, params });
    return new Promise((resolve) => this.waiting.set(this.last, resolve));
  }
}

/** The element of a frame: 140 cannot be asked for it, but each element for its frame. */
async function elementOf(far: Far, context: unknown, wanted: string): Promise<Value[]> {
  const locator = { type: 'css', value: 'iframe' };
  const { result } = await far.ask('browsingContext.locateNodes', { context, locator });
  for (const { sharedId } of (result as { nodes?: Value[] })?.nodes ?? []) {
    const answer = await far.ask('script.callFunction', {
      functionDeclaration: 'each => each.contentWindow',
      arguments: [{ sharedId }],
      target: { context },
      awaitPromise: false,
      serializationOptions: { maxObjectDepth: 0, maxDomDepth: 0 },
    });
    const window = (answer.result as { result?: { value?: { context?: string } } })?.result;
    if (window?.value?.context === wanted) return [{ type: 'node', ...(sharedId && { sharedId }) }];
  }
  return [];
}

function pass(near: WebSocket, url: string): void {
  const asked = new Map<number, string>();
  const far = new Far(url, (text, { id = 0, type, error }) => {
    const needless = error === 'unknown command' && optional.has(asked.get(id) ?? '');
    near.send(needless ? JSON.stringify({ id, type: 'success', result: {} }) : text);
    if (type !== 'event') asked.delete(id);
  });
  near.on('message', async (data) => {
    const message: Message = JSON.parse(String(data));
    const { id = 0, method = '', params = {} } = message;
    const { locator } = params as { locator?: { type: string; value: { context: string } } };
    if (locator?.type === 'context') {
      const nodes = await elementOf(far, params['context'], locator.value.context);
      near.send(JSON.stringify({ id, type: 'success', result: { nodes } }));
      return;
    }
    if (method === 'script.callFunction') inline(params);
    asked.set(id, method);
    far.send(message);
  });
  near.once('close', () => far.socket.close());
  far.socket.once('close', () => near.close());
  far.socket.once('error', () => near.close());
}

const program = process.env['HANDSHAKE_FIREFOX'] ?? 'firefox';
const firefox = spawn(program, process.argv.slice(2), { stdio: ['ignore', 'ignore', 'pipe'] });
firefox.once('exit', (code) => process.exit(code ?? 1));
createInterface({ input: firefox.stderr }).on('line', (line) => {
  const [, url] = /^WebDriver BiDi listening on (ws:.*)$/.exec(line) ?? [];
  if (!url) return void console.error(line);
  const relay = new WebSocketServer({ host: '127.0.0.1', port: 0 }, () => {
    const { port } = relay.address() as { port: number };
    console.error(`WebDriver BiDi listening on ws://127.0.0.1:${port}`);
  });
  relay.on('connection', (near) => pass(near, `${url}/session`));
});
