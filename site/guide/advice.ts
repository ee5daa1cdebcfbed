/** The answers in words, each with its reasons and what one then has to do. One text for the form and the table. */
import type { CarrierName } from '../carriers.ts';
import type { RuleId } from './guide.ts';
import type { Sentence } from './words.ts';

interface Advice {
  /** In the announcement: "Use …". */
  use: string;
  carrier: CarrierName;
  /** The lesson that builds it. */
  lesson: string;
  because: Sentence[];
  actions: Sentence[];
  next: Sentence;
}

const byItself: Sentence = {
  text: 'No script can read it, and the browser sends it by itself.',
  tests: ['a token in an HttpOnly cookie: no script reads it, and the browser sends it by itself'],
};
const origin: Sentence = {
  text: 'Check the Origin of each connection and of each POST, for the cookie comes with foreign pages too.',
  tests: ['a page on another port cannot read the feed with a Lax cookie'],
};
const inConnect: Sentence = {
  text: 'The token travels in CONNECT, in no URL and no header.',
  tests: ['the token travels in the CONNECT packet, in no URL and no header'],
};
const thirdParty: Sentence = {
  text: 'Your cookie would be a third party’s there. Lax or Strict, it stays at home; with None it depends on the browser.',
  tests: [
    'from 127.0.0.1 to localhost, no Strict and no Lax cookie travels, nor one without SameSite',
    'a SameSite=None cookie travels from any site, if the browser lets third parties have cookies',
  ],
};
const usedByThen: Sentence = {
  text: 'A URL is written down on its way. A ticket that stands there has been used by then.',
  tests: ['what stands in an access log opens no connection'],
};
const asFunction: Sentence = {
  text: 'Keep the token in memory, on a phone in the system’s key store, and give `auth` as a function.',
  tests: ['auth as an object presents the old token forever, as a function a new one'],
};
const selling: Sentence[] = [
  {
    text: 'Sell it over POST, for a token in a header. Let it live for seconds and open one connection.',
    tests: ['a ticket presented twice opens one connection'],
  },
  {
    text: 'Buy another before each reconnection.',
    tests: ['a reconnection presents the query of the first connection again'],
  },
  {
    text: 'With several nodes, keep tickets in a store that gives each out once.',
    tests: ['a ticket that one node has sold is unknown on another'],
  },
];
const notTheToken: Sentence = {
  text: '`auth`, as soon as the client can set it. A token in the URL is no substitute, however short its life.',
  tests: ['the token in a line of the access log opens a connection as its owner'],
};

export const advice: Record<RuleId, Advice> = {
  'session-provider': {
    use: 'a session',
    carrier: 'session',
    lesson: 'one-session',
    because: [
      {
        text: 'The provider hands its tokens to your server. A session keeps them there, and out of the page.',
      },
      byItself,
    ],
    actions: [
      {
        text: 'Let the provider redirect to your server (authorization code), check its ID token there, and begin a session of your own.',
      },
      {
        text: 'Give Express and the engine one session, with one store.',
        tests: [
          "given to Express and to the engine, one session() puts the cookie's session on socket.request",
        ],
      },
      origin,
    ],
    next: {
      text: 'A JWT of your own in an HttpOnly cookie, if nothing of the provider’s has to be kept.',
    },
  },
  'session-now': {
    use: 'a session',
    carrier: 'session',
    lesson: 'one-session',
    because: [
      {
        text: 'A logout deletes one row, and from then on no node lets that login in.',
        tests: [
          'with a shared store, a session logged out on one node opens nothing on another, and open sockets end at the next look',
        ],
      },
      byItself,
    ],
    actions: [
      {
        text: 'Give all nodes one store. What one of them has in memory is unknown to the next.',
        tests: ['a session in the memory of one node is missing on another'],
      },
      origin,
    ],
    next: {
      text: 'A JWT in an HttpOnly cookie, with a list of logouts that all nodes ask. That is a lookup too.',
      tests: ['a list of logouts that two nodes share keeps a token out on both'],
    },
  },
  cookie: {
    use: 'a JWT in an HttpOnly cookie',
    carrier: 'cookie',
    lesson: 'jwt-cookie',
    because: [
      {
        text: 'Each node verifies it with the key, so there is no session store to share.',
        tests: [
          'a token logged out on one node opens a connection on another, and open sockets stay there',
        ],
      },
      byItself,
    ],
    actions: [
      {
        text: 'Set HttpOnly, Secure and SameSite, and a name that begins with `__Host-`.',
        tests: ['in production the cookie has a __Host- name and is Secure'],
      },
      origin,
      {
        text: 'Keep the claims few: a browser drops a cookie of more than 4 kB, and says nothing.',
        tests: ['a browser drops a cookie of more than 4 kB, and tells nobody'],
      },
    ],
    next: {
      text: 'A session, if your app has one already: a second kind of login gains you nothing.',
    },
  },
  'auth-other-site': {
    use: 'a token in the auth field',
    carrier: 'auth-field',
    lesson: 'auth-field',
    because: [thirdParty, inConnect],
    actions: [
      {
        text: 'List the origins of those pages in the Origin check, and in `cors` for polling.',
        tests: ['ORIGINS replaces the own origin by a list'],
      },
      asFunction,
    ],
    next: { text: 'A cookie, once pages and server are of one site: a subdomain is enough.' },
  },
  'ticket-other-site': {
    use: 'a ticket in the query',
    carrier: 'query',
    lesson: 'query-ticket',
    because: [thirdParty, usedByThen],
    actions: selling,
    next: notTheToken,
  },
  'auth-all-clients': {
    use: 'a token in the auth field',
    carrier: 'auth-field',
    lesson: 'auth-field',
    because: [
      {
        text: 'Outside a browser nobody keeps cookies for you. Every client of Socket.IO can set `auth`, so one door serves them all.',
      },
      inConnect,
    ],
    actions: [
      {
        text: 'Keep the Origin check for the pages, and let clients without an Origin pass: it binds browsers alone.',
        tests: ['a program writes any Origin it likes, and is let in up to the check of the user'],
      },
      asFunction,
    ],
    next: {
      text: 'A cookie for the pages, at a door of its own. One door that takes both has the holes of both.',
      tests: [
        'a server that takes the token from auth or from the cookie lets a page on another port in',
      ],
    },
  },
  'ticket-all-clients': {
    use: 'a ticket in the query',
    carrier: 'query',
    lesson: 'query-ticket',
    because: [
      {
        text: 'Outside a browser nobody keeps cookies for you, and `auth` cannot be set: the URL is left.',
      },
      usedByThen,
    ],
    actions: selling,
    next: notTheToken,
  },
};
