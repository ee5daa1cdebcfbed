/**
 * All that a comparison of Node and the tab lets pass, each with its reason. What is not named here must agree.
 *
 * Values that no two runs share are replaced, the same value by the same word everywhere: an id in the page's log
 * must be the one in the packet.
 */

import type { WireEvent } from '../../site/tab/wire.ts';
import { describeJwt, type Names, type Rule } from './differential-names.ts';

export const replaced: Rule[] = [
  {
    pattern: /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/g,
    to: describeJwt,
    why: 'a token has its own id, dates and signature; its header and the names of its claims are compared',
  },
  {
    pattern: /(?<=[?&]t=)[\w.-]+/g,
    to: '<t>',
    why: 'the polling client makes each URL its own against caches',
  },
  {
    pattern: /\bs%3A[\w-]+\.[\w%+-]+|(?<=ticket=|"ticket":"|refresh=)[\w.-]{30,}/g,
    to: (found, names) => names.name(found, 'secret'),
    why: 'a ticket and a refresh token are random, and so is the id in a session cookie, which has a signature too',
  },
  {
    pattern:
      /(?<=[?&]sid=|"sid":"|"pid":"|as socket )([\da-f]{8}-[\da-f-]{27}\.[\w-]{43}|[\w-]{20})(?![\w-])/g,
    to: (found, names) => names.name(found, 'id'),
    why: 'ids of Engine.IO sessions and of sockets are random',
  },
  {
    pattern: /\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/g,
    to: '<date>',
    why: 'an Expires follows the clock; Max-Age is compared',
  },
  {
    pattern: /(?<=refresh=[^;]*; Max-Age=)604(?:800|79\d)\b/g,
    to: '<a week>',
    why: 'a refresh token gets what is left of its login, in whole seconds: a step may take one',
  },
  {
    pattern: /(?<=(?:https?|ws):\/\/)localhost:\d+/g,
    to: '<host>',
    why: 'Node has a free port, the tab has the one of the example',
  },
  {
    pattern: /(?<=next try in )\d+\.\d|(?<=access log with your token in them: )\d+/g,
    to: '<n>',
    why: 'the page waits for a random time; each poll is a line, and their number is a matter of timing',
  },
  {
    pattern: /(?<=any script to read: )[1-9]\d*/g,
    to: '<some>',
    why: 'one entry for each poll; that there are any is compared',
  },
  {
    pattern: /,image\/avif,image\/webp,image\/apng|,application\/signed-exchange;v=b3;q=0\.7/g,
    to: '',
    why: 'the virtual browser does not name the formats that only Chromium reads, when it asks for a page',
  },
];

/** A text with every replaced value. */
export function normal(text: string, names: Names): string {
  let result = text;
  for (const { pattern, to } of replaced) {
    result = result.replace(pattern, (found) => (typeof to === 'string' ? to : to(found, names)));
  }
  return result;
}

const socketKeys =
  'the WebSocket handshake is made of a random key; who gets it wrong is not let in';
const sizes =
  'one line of packets is cut into bodies by timing; the bodies themselves are compared';
const hops = 'it is about one hop: the tab has messages in place of TCP connections';

/** Headers that are not compared. */
export const ignoredHeaders: Record<'request' | 'response', Record<string, string>> = {
  request: {
    host: 'it is the port, and that differs',
    connection: hops,
    'content-length': sizes,
    'user-agent': 'the virtual browser has its own name',
    'accept-encoding': 'the virtual browser asks for no compression: it would have to undo it',
    'accept-language': 'the virtual browser speaks no language, and no example asks',
    'sec-ch-ua': 'no client hints in the virtual browser: no example asks for them',
    'sec-ch-ua-mobile': 'as sec-ch-ua',
    'sec-ch-ua-platform': 'as sec-ch-ua',
    'cache-control':
      'no HTTP cache in the virtual browser: Chromium has it turned off, and says so here',
    pragma: 'as cache-control',
    'sec-websocket-key': socketKeys,
    'sec-websocket-extensions': 'no compression in the virtual browser, and none on these servers',
  },
  response: {
    connection: hops,
    'keep-alive': hops,
    'transfer-encoding': hops,
    date: 'the time of the run',
    etag: 'made of the body, which is compared; there is no HTTP cache in the virtual browser to use it',
    'last-modified': 'as etag',
    'content-length': sizes,
    'content-encoding': 'follows Accept-Encoding; the body is compared as it was before',
    'sec-websocket-accept': socketKeys,
  },
};

/** Request headers in which Firefox differs from Chromium, whose twin the virtual browser is: not compared in Firefox. */
const ofFirefox: { header: RegExp; of: RegExp; why: string }[] = [
  {
    header: /^priority$/,
    of: /^/,
    why: 'Firefox sends the priorities of RFC 9218 by HTTP/1.1 too',
  },
  {
    header: /^origin$/,
    of: /^sec-fetch-dest: script$/m,
    why: "Firefox sends no Origin for a module of the page's own origin",
  },
  {
    header: /^accept$|^sec-fetch-/,
    of: /^upgrade: websocket$/m,
    why: 'Firefox sends these with a WebSocket handshake; Chromium does so over TLS alone',
  },
];

/** Takes out of the requests what only one of the two browsers sends. */
export function dropOfFirefox(events: WireEvent[]): void {
  for (const event of events) {
    if (event.kind !== 'request') continue;
    const text = event.headers.map(([name, value]) => `${name.toLowerCase()}: ${value}`).join('\n');
    const rules = ofFirefox.filter(({ of }) => of.test(text));
    const dropped = (name: string) => rules.some(({ header }) => header.test(name.toLowerCase()));
    event.headers = event.headers.filter(([name]) => !dropped(name));
  }
}

/** Engine.IO packets that are not compared: how an upgrade is tried, and whether the other end is there. */
export const ignoredPackets: Record<string, string> = {
  '1': 'after a refusal both ends close at once, and who says so first is a matter of timing',
  '2': 'a ping comes by the clock',
  '3': 'a pong answers it',
  '2probe': 'when an upgrade is tried is a matter of timing',
  '3probe': 'as 2probe',
  '5': 'as 2probe: that a session is upgraded shows in its WebSocket request',
  '6': 'a noop ends a poll that waits, if there is one',
};

/**
 * After a refusal both ends close at once: polls and a goodbye find the session gone (400) or are not sent, and the
 * upgrade under way is broken off or not. So of a refused session only its requests with another answer than 400 are
 * compared, and no upgrade.
 */
export const isClosing = (refused: boolean, status: string, request: string): boolean =>
  refused && (status.startsWith('400') || /transport=websocket&sid=/.test(request));

/** At a sign-out the page asks GET /me as its socket ends, before or after the cookie is gone: timing. */
export const isRacing = (step: string, request: string): boolean =>
  step === 'Sign out' && request === 'GET /me';

/** The lines of a step in the page's log, without empty ones. */
export function linesOf(step: string, text: string, names: Names): string[] {
  const lines = normal(text, names)
    .split('\n')
    .filter(Boolean)
    // The access log's last lines: whether the last request was a poll or the upgrade is a matter of timing.
    .map((line) => line.replace(/(^GET .*token=.*transport=)(polling&t=<t>|websocket)/, '$1<any>'));
  // The answer to POST /logout and the end of the socket come over two connections: in any order.
  return step === 'Sign out' ? lines.sort() : lines;
}

/** Requests that are not compared. */
export const ignoredPaths: Record<string, string> = {
  '/favicon.ico': 'a browser without tabs shows no icon, and may ask for none',
};

/** Requests whose answer is not compared, but its status and headers are. */
export const ignoredAnswers: Record<string, string> = {
  '/access-log': 'a line for each poll, and their number is a matter of timing',
};
