import { post } from '../support/http.ts';
import { at, attacksFor, type Verdict } from './attack.ts';
import { elsewhere, listenFrom } from './elsewhere.ts';
import { enter, judge, logIn, openPolling, openWebSocket, signIn, type Target } from './target.ts';

const attack = attacksFor('hijack', { calm: true });
const others = ['auth-field', 'query-token', 'query-ticket'] as const;
const noCookie = at(
  'No cookie goes with its handshake: a foreign page has nothing to present.',
  ...others,
);
const refused = at('SESSION_MISSING', 'session-passport');

function hijack(sameSite: 'Lax' | 'Strict') {
  return async (target: Target, openPage: Parameters<typeof elsewhere>[2]): Promise<Verdict> => {
    const { page, close } = await elsewhere(target, await logIn(target), openPage, sameSite);
    const heard = await listenFrom(page, target.origin);
    close();
    const name = heard.find((packet) => packet.startsWith('431'));
    return { in: name !== undefined, saw: name ?? `heard ${heard.length} packets` };
  };
}

attack('a page on another port cannot read the feed with a Lax cookie', {
  not: noCookie,
  held: 'heard 0 packets',
  run: hijack('Lax'),
});

attack('a page on another port cannot read the feed with a Strict cookie', {
  not: noCookie,
  held: 'heard 0 packets',
  run: hijack('Strict'),
});

attack('a page on another port cannot read the feed by polling', {
  not: noCookie,
  held: 'nothing to read',
  run: async (target, openPage) => {
    const { page, close } = await elsewhere(target, await logIn(target), openPage);
    const url = `${target.origin}/socket.io/?EIO=4&transport=polling`;
    const text = await page.evaluate(async (address) => {
      const response = await fetch(address, { credentials: 'include' }).catch(() => undefined);
      return response?.ok ? response.text() : 'nothing to read';
    }, url);
    close();
    return { in: text.startsWith('0{'), saw: text };
  },
});

attack('a cookie planted for a longer path does not change who the socket is', {
  lesson: 'cookies-cross',
  not: noCookie,
  held: 'not bob',
  run: async (target, openPage) => {
    const { page, close } = await elsewhere(target, await logIn(target), openPage);
    const bob = (await logIn(target, 'u2')).headers.Cookie;
    await page.evaluate((cookie) => {
      // biome-ignore lint/suspicious/noDocumentCookie: as any script can; and cookies know no ports
      document.cookie = `${cookie}; path=/socket.io/`;
    }, bob);
    await page.goto(target.origin);
    const heard = (await listenFrom(page, target.origin)).join();
    close();
    return { in: heard.includes('"bob"'), saw: heard.includes('"bob"') ? heard : 'not bob' };
  },
});

attack('two cookies of one name are refused', {
  lesson: 'cookies-cross',
  not: noCookie,
  held: 'TOKEN_INVALID',
  heldAt: refused,
  run: async (target) => {
    const [ann, bob] = [await logIn(target), await logIn(target, 'u2')];
    const Cookie = `${bob.headers.Cookie}; ${ann.headers.Cookie}`;
    const { raw, answer } = await enter(target, { headers: { Cookie } });
    raw.close();
    return judge(answer);
  },
});

const odd = (name: string) => [
  ...['', '=', ';;;', name, `${name}=`, `${name}=%`, `${name}=%E0%A4%A`, `${name}="`, `${name}=;`],
  ...['__proto__=x', 'constructor=x', `__proto__=${name}; ${name}=__proto__`, `${name}=j:{"a":1}`],
  ...[`${name}=s%3A.`, `${name}=s:x.y`, `${name}=${'x'.repeat(15_000)}`, 'x='.repeat(7_000)],
  `${name}=${'x'.repeat(20_000)}`,
];

attack('malformed, huge and __proto__ cookies are refused, and the process lives', {
  lesson: 'jwt-cookie',
  not: at('It reads no cookie.', ...others),
  held: 'nobody, and alive',
  run: async (target) => {
    const login = await logIn(target, 'u2');
    const [name = ''] = (login.headers.Cookie ?? '').split('=');
    let joined = 0;
    for (const Cookie of odd(name)) {
      for (const open of [openWebSocket, openPolling]) {
        const raw = await open(target.origin, { Cookie }).catch(() => undefined);
        if ((await raw?.connect())?.kind === 'connected') joined += 1;
        raw?.close();
      }
      await fetch(`${target.origin}/me`, { headers: { Cookie } }).catch(() => {});
    }
    const honest = await signIn(target, login).catch(() => undefined);
    honest?.close();
    const safe = joined === 0 && honest !== undefined && target.alive;
    return { in: !safe, saw: safe ? 'nobody, and alive' : `${joined} joined, or the end` };
  },
});

attack('who learns the sid of a connection cannot speak for it', {
  lesson: 'two-handshakes',
  open: {
    ...at(
      'Only CONNECT carries the token: a later request has nothing to compare. Keep URLs out of logs.',
      'auth-field',
    ),
    ...at(
      'Who reads the sid in a URL reads the credential beside it.',
      'query-token',
      'query-ticket',
    ),
  },
  held: '400',
  run: async (target) => {
    const bob = await signIn(target, await logIn(target, 'u2'));
    const { headers, query, auth } = await (await logIn(target)).present();
    const ann = await openPolling(target.origin, headers, query);
    await ann.connect(auth);
    const url = `${target.origin}/socket.io/?EIO=4&transport=polling&sid=${ann.sid}`;
    const thief = await fetch(url, { method: 'POST', body: '42["say",{"text":"not Ann"}]' });
    const heard = await bob.next('42["said"', 300);
    for (const raw of [ann, bob]) raw.close();
    return { in: heard !== undefined, saw: heard ?? `${thief.status}` };
  },
});

attack('a page on another port that knows the sid cannot speak for the connection', {
  not: noCookie,
  held: '400, nothing heard',
  run: async (target) => {
    const bob = await signIn(target, await logIn(target));
    const { headers = {} } = await (await logIn(target)).present();
    const ann = await openPolling(target.origin, headers);
    await ann.connect();
    const url = `${target.origin}/socket.io/?EIO=4&transport=polling&sid=${ann.sid}`;
    // The browser of a foreign page adds the cookie, and says whose page it is.
    const asked = { ...headers, Origin: 'http://localhost:1' };
    const body = '42["say",{"text":"not Ann"}]';
    const { status } = await fetch(url, { method: 'POST', headers: asked, body });
    const heard = await bob.next('42["said"', 300);
    for (const raw of [ann, bob]) raw.close();
    return { in: heard !== undefined, saw: `${status}, ${heard ?? 'nothing heard'}` };
  },
});

const foreign = { Origin: 'https://attacker.example' };

attack('a cross-site POST cannot sign a user out', {
  lesson: 'jwt-cookie',
  not: noCookie,
  held: 'still signed in',
  run: async (target) => {
    const { headers } = await logIn(target);
    const url = `${target.origin}/logout`;
    await post(url, {}, { ...headers, ...foreign });
    await post(url, {}, { ...headers, 'Sec-Fetch-Site': 'cross-site' });
    await post(url, 'x', { ...headers, ...foreign, 'Content-Type': 'text/plain' });
    const me = await fetch(`${target.origin}/me`, { headers });
    return { in: me.status !== 200, saw: me.status === 200 ? 'still signed in' : 'signed out' };
  },
});

const bobs = '{"username":"bob","password":"correct horse battery staple","x":"="}';

attack('a cross-site form cannot sign a user in as somebody else', {
  lesson: 'jwt-cookie',
  not: at('Its login sets no cookie: it answers a token, to the page that asked.', ...others),
  held: 'no cookie',
  run: async (target) => {
    const url = `${target.origin}/login`;
    const answers = [
      await post(url, bobs, { ...foreign, 'Content-Type': 'text/plain' }),
      await post(url, bobs, { ...foreign }),
      await post(url, bobs, { 'Sec-Fetch-Site': 'same-site' }),
    ];
    const set = answers.some(({ headers }) => headers.getSetCookie().length > 0);
    return { in: set, saw: set ? 'a cookie' : 'no cookie' };
  },
});

attack('a body of text/plain is not read as JSON', {
  lesson: 'jwt-cookie',
  held: /^(400|415)$/,
  run: async (target) => {
    const headers = { 'Content-Type': 'text/plain' };
    const { status } = await post(`${target.origin}/login`, bobs, headers);
    return { in: status < 400, saw: `${status}` };
  },
});
