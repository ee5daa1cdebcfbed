// What an XMLHttpRequest shows of its response (XMLHttpRequest standard, "Response").
import type { BrowserResponse } from '../fetch-types.ts';
import { readAs } from './xhr-body.ts';

export const STATES = { UNSENT: 0, OPENED: 1, HEADERS_RECEIVED: 2, LOADING: 3, DONE: 4 };

export class XhrAnswer extends EventTarget {
  readyState = STATES.UNSENT;
  responseType: XMLHttpRequestResponseType = '';
  protected answer: BrowserResponse | undefined;
  #read: { as: unknown } | undefined;

  protected setAnswer(answer: BrowserResponse | undefined): void {
    this.answer = answer;
    this.#read = undefined;
  }

  get status(): number {
    return this.answer?.status ?? 0;
  }

  get statusText(): string {
    return this.answer?.statusText ?? '';
  }

  get responseURL(): string {
    return this.answer?.url ?? '';
  }

  get responseText(): string {
    if (this.responseType && this.responseType !== 'text') {
      throw new DOMException('responseType is not text', 'InvalidStateError');
    }
    return String(this.response ?? '');
  }

  get response(): unknown {
    const text = this.responseType === '' || this.responseType === 'text';
    if (this.readyState !== STATES.DONE && !text) return null;
    if (!this.answer) return text ? '' : null;
    this.#read ??= { as: readAs(this.responseType, this.answer) };
    return this.#read.as;
  }

  getResponseHeader(name: string): string | null {
    return new Headers(this.answer?.headers ?? []).get(name);
  }

  getAllResponseHeaders(): string {
    const headers = [...new Headers(this.answer?.headers ?? [])];
    return headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  }
}
