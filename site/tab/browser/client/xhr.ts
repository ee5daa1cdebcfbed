// `XMLHttpRequest` for the frame: the XMLHttpRequest standard, without synchronous requests and upload events.
import type { Header } from '../../wire.ts';
import type { BrowserResponse } from '../fetch-types.ts';
import { isForbiddenHeader, isForbiddenMethod, normalizeMethod } from '../headers.ts';
import { addHandlers, type Handler, makeEvent } from './handlers.ts';
import type { Link } from './link.ts';
import { STATES, XhrAnswer } from './xhr-answer.ts';
import { bodyOf } from './xhr-body.ts';

const TYPES = ['loadstart', 'progress', 'abort', 'error', 'load', 'timeout', 'loadend'];

/** Makes the class for a frame; it speaks through the frame's link. */
export function makeXhr(link: Link) {
  class VirtualXhr extends XhrAnswer {
    declare onreadystatechange: Handler;
    declare onload: Handler;
    declare onerror: Handler;
    timeout = 0;
    withCredentials = false;
    readonly upload = new EventTarget();
    #method = 'GET';
    #url = '';
    #headers: Header[] = [];
    #abort: (() => void) | undefined;
    #timer: ReturnType<typeof setTimeout> | undefined;

    open(method: string, url: string | URL, async = true): void {
      if (!async) throw new DOMException('No synchronous requests here', 'InvalidAccessError');
      if (isForbiddenMethod(method)) throw new DOMException(method, 'SecurityError');
      this.#url = new URL(url, link.page).href;
      this.#method = normalizeMethod(String(method));
      this.#stop();
      this.#headers = [];
      this.#change(STATES.OPENED);
    }

    setRequestHeader(name: string, value: string): void {
      this.#mustBeOpen();
      const header: Header = [String(name), String(value).trim()];
      new Headers([header]); // throws for what is no header
      if (isForbiddenHeader(header)) return;
      const old = this.#headers.find(([other]) => other.toLowerCase() === name.toLowerCase());
      if (old) old[1] += `, ${header[1]}`;
      else this.#headers.push(header);
    }

    send(given: Document | XMLHttpRequestBodyInit | null = null): void {
      this.#mustBeOpen();
      const hasBody = this.#method !== 'GET' && this.#method !== 'HEAD';
      const { body, type, wait } = bodyOf(hasBody ? given : null);
      if (type && !this.#headers.some(([name]) => name.toLowerCase() === 'content-type')) {
        this.#headers.push(['Content-Type', type]);
      }
      let stop: (() => void) | undefined;
      const abort = () => stop?.();
      this.#abort = abort;
      this.#fire('loadstart');
      if (this.timeout > 0) this.#timer = setTimeout(() => this.#end('timeout'), this.timeout);
      const go = (bytes: Uint8Array | undefined) => {
        if (this.#abort === abort) stop = this.#request(bytes);
      };
      if (wait) wait.then(go);
      else go(body);
    }

    abort(): void {
      if (this.#abort) this.#end('abort');
      if (this.readyState === STATES.DONE) this.readyState = STATES.UNSENT;
    }

    overrideMimeType(): void {}

    #request(bytes: Uint8Array | undefined): () => void {
      const credentials = this.withCredentials ? 'include' : 'same-origin';
      const [method, url, headers] = [this.#method, this.#url, this.#headers];
      const request = { method, url, headers, credentials, ...(bytes && { body: bytes }) } as const;
      return link.request({ ...request, mode: 'cors', redirect: 'follow' }, (response) => {
        if (response) this.#hear(response);
        else this.#end('error');
      });
    }

    #mustBeOpen(): void {
      if (this.readyState === STATES.OPENED && !this.#abort) return;
      throw new DOMException('The request is not open', 'InvalidStateError');
    }

    #hear(response: BrowserResponse): void {
      clearTimeout(this.#timer);
      this.setAnswer(response);
      // A handler may abort, or open it anew: then the rest is not for it.
      this.#change(STATES.HEADERS_RECEIVED);
      if (this.answer === response) this.#change(STATES.LOADING);
      if (this.answer === response) this.#fire('progress');
      if (this.answer === response) this.#end('load');
    }

    /** Gives up what is under way, without a word. */
    #stop(): void {
      clearTimeout(this.#timer);
      this.#abort?.();
      this.#abort = undefined;
      this.setAnswer(undefined);
    }

    #end(type: 'load' | 'error' | 'abort' | 'timeout'): void {
      if (type === 'load') this.#abort = undefined;
      else this.#stop();
      this.#change(STATES.DONE);
      this.#fire(type);
      this.#fire('loadend');
    }

    #change(state: number): void {
      this.readyState = state;
      this.dispatchEvent(new Event('readystatechange'));
    }

    #fire(type: string): void {
      const loaded = this.answer?.body.length ?? 0;
      this.dispatchEvent(makeEvent(type, { loaded, total: loaded, lengthComputable: loaded > 0 }));
    }
  }
  addHandlers(VirtualXhr, ['readystatechange', ...TYPES]);
  for (const [name, value] of Object.entries(STATES)) {
    Object.defineProperty(VirtualXhr, name, { value, enumerable: true });
    Object.defineProperty(VirtualXhr.prototype, name, { value, enumerable: true });
  }
  return VirtualXhr;
}
