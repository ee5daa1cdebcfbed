/** The words of the questions, for the form and for the first column of the table, and those of the notes. */
import type { NoteId, Question } from './guide.ts';

/** A sentence; `tests` are the titles of those that show it. */
export interface Sentence {
  text: string;
  tests?: string[];
}

interface Asked {
  question: string;
  /** By value: the answer in the form, and in the first column of the table. */
  answers: Record<string, { text: string; short: string }>;
}

export const asked: Record<Question, Asked> = {
  clients: {
    question: 'Who connects?',
    answers: {
      pages: { text: 'Pages in a browser, and nothing else', short: 'pages only' },
      others: {
        text: 'Other clients too: an app on a phone, a server, a script',
        short: 'other clients too',
      },
    },
  },
  site: {
    question: 'Where do the pages come from?',
    answers: {
      same: {
        text: 'The site of the socket server: its own origin, or a subdomain beside it',
        short: 'of the server’s own site',
      },
      other: { text: 'Another site, such as that of a customer', short: 'of another site' },
    },
  },
  issuer: {
    question: 'Who signs your users in?',
    answers: {
      own: { text: 'Your own server', short: 'your own login' },
      provider: { text: 'An identity provider', short: 'login at a provider' },
    },
  },
  logout: {
    question: 'When must a logout or a ban act on every node?',
    answers: {
      now: { text: 'At once', short: 'logout at once' },
      later: { text: 'Some minutes later is soon enough', short: 'logout within minutes' },
    },
  },
  sets: {
    question: 'What can the client set?',
    answers: {
      auth: { text: 'The option `auth`', short: 'the client sets `auth`' },
      url: { text: 'The URL, and nothing else', short: 'the client sets the URL alone' },
    },
  },
};

interface Note {
  when: string;
  actions: Sentence;
}

export const noteWords: Record<NoteId, Note> = {
  'provider-token': {
    when: 'a token, and a login at a provider',
    actions: {
      text: 'Verify the provider’s token with its public keys: one algorithm, its issuer, your own server as the audience. A token that it made for somebody else is genuine too.',
      tests: ['a token for another audience is refused'],
    },
  },
  'token-now': {
    when: 'a token, and a logout at once',
    actions: {
      text: 'Keep logouts in a list that all nodes ask, at CONNECT and at each look after that. A signature knows of no logout.',
      tests: ['a list of logouts that two nodes share keeps a token out on both'],
    },
  },
  now: {
    when: 'a logout at once',
    actions: {
      text: 'Announce each logout to all nodes, so that they end open sockets. Look again at intervals as well, for an announcement can get lost.',
      tests: [
        'with a shared store, a session logged out on one node opens nothing on another, and open sockets end at the next look',
      ],
    },
  },
  later: {
    when: 'a logout within minutes',
    actions: {
      text: 'Write down how long a banned user may stay. No token may live longer, and no socket go longer without a look.',
    },
  },
  always: {
    when: 'always',
    actions: {
      text: 'End open sockets yourself: at expiry, at logout, and when the account goes. No carrier does it for you.',
      tests: [
        "a socket ends within 500 ms of its token's exp",
        'the end of a session changes nothing for its open socket',
      ],
    },
  },
};
