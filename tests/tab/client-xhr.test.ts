import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes, type Frame, openFrame, PAGE, setUp } from './frame.ts';
import { fakeServer, headerOf } from './memory.ts';

function ask(
  frame: Frame,
  set: (xhr: XMLHttpRequest) => void,
): Promise<{ log: string[]; xhr: XMLHttpRequest }> {
  return new Promise((resolve) => {
    const xhr = new frame.XMLHttpRequest();
    const log: string[] = [];
    for (const type of ['readystatechange', 'loadstart', 'load', 'error', 'abort', 'timeout']) {
      xhr.addEventListener(type, () => log.push(`${type} ${xhr.readyState}`));
    }
    xhr.onloadend = () => resolve({ log, xhr });
    set(xhr);
  });
}

test('XMLHttpRequest goes through its states, and shows status, headers and text', async (context) => {
  const { frame, asked } = setUp(context, () => ({
    headers: [
      ['X-Own', '1'],
      ['Set-Cookie', 'a=1'],
    ],
  }));
  const { xhr, log } = await ask(frame, (made) => {
    made.open('POST', '/x');
    made.setRequestHeader('Content-type', 'text/plain;charset=UTF-8');
    made.setRequestHeader('Cookie', 'a=b');
    made.send('hi');
  });
  const states = 'readystatechange 1, loadstart 1, readystatechange 2, readystatechange 3';
  assert.equal(log.join(', '), `${states}, readystatechange 4, load 4`);
  assert.deepEqual([xhr.status, xhr.responseText, xhr.responseURL], [200, 'hello', `${PAGE}/x`]);
  assert.equal(xhr.getResponseHeader('x-own'), '1');
  assert.equal(xhr.getAllResponseHeaders(), 'x-own: 1\r\n');
  const names = asked[0]?.headers.map(([name]) => name.toLowerCase()) ?? [];
  assert.equal(names.filter((name) => name === 'content-type').length, 1);
  assert.ok(!names.includes('cookie'));
});

test('XMLHttpRequest gives bytes and JSON where it is asked to', async (context) => {
  const { frame } = setUp(context, () => ({ body: bytes('[1]') }));
  const read = async (type: XMLHttpRequestResponseType) => {
    const { xhr } = await ask(frame, (made) => {
      made.open('GET', '/');
      made.responseType = type;
      made.send();
    });
    return xhr.response;
  };
  assert.deepEqual(await read('json'), [1]);
  assert.deepEqual(await read('arraybuffer'), bytes('[1]').buffer);
  assert.equal(await read('text'), '[1]');
});

test('XMLHttpRequest across origins sends cookies only withCredentials', async (context) => {
  const { frame, asked, browser } = setUp(context, () => ({}), 'http://localhost:3002/');
  browser.cookie = 'sid=1';
  for (const withCredentials of [false, true]) {
    const { log, xhr } = await ask(frame, (made) => {
      made.open('GET', PAGE);
      made.withCredentials = withCredentials;
      made.send();
    });
    assert.equal(`${log.at(-1)} ${xhr.status}`, 'error 4 0');
  }
  const cookies = asked.map(({ headers }) => headerOf(headers, 'cookie'));
  assert.deepEqual(cookies, [undefined, 'sid=1']);
});

test('XMLHttpRequest can be aborted, and runs out of time', async (context) => {
  const never = () => new Promise<never>(() => {});
  const { server } = fakeServer(3001, never);
  const { frame } = openFrame(context, server);
  const start = (xhr: XMLHttpRequest) => {
    xhr.open('GET', '/');
    xhr.timeout = 1;
    xhr.send();
  };
  const late = await ask(frame, start);
  assert.equal(late.log.at(-1), 'timeout 4');
  const aborted = await ask(frame, (xhr) => {
    start(xhr);
    xhr.abort();
  });
  assert.deepEqual([aborted.log.at(-1), aborted.xhr.readyState], ['abort 4', 0]);
});

test('XMLHttpRequest throws for what is called out of order', (context) => {
  const { frame } = setUp(context);
  const xhr = new frame.XMLHttpRequest();
  assert.throws(() => xhr.send(), { name: 'InvalidStateError' });
  assert.throws(() => xhr.setRequestHeader('X', '1'), { name: 'InvalidStateError' });
  assert.throws(() => xhr.open('GET', '/', false), { name: 'InvalidAccessError' });
  assert.throws(() => xhr.open('TRACE', '/'), { name: 'SecurityError' });
  assert.equal(frame.XMLHttpRequest.DONE, 4);
});
