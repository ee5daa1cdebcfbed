import { attacksFor } from './attack.ts';
import { logIn, openPolling, openWebSocket, signIn, type Target } from './target.ts';

const attack = attacksFor('auth-field', { calm: true });

const payloads = [
  '42["say"]',
  '42["say",null]',
  '42["say",42]',
  '42["say","text"]',
  '42["say",{}]',
  '42["say",{"text":null}]',
  '42["say",{"text":{"toString":null}}]',
  '42["say",{"__proto__":{"text":"x"}}]',
  '42["say",{"text":"no acknowledgement asked"}]',
  '420["say",{"text":"x"},"not a function"]',
  '42["whoami"]',
  '42["whoami","not a function"]',
  '42["error",{}]',
  '42["error"]',
  '42["disconnect"]',
  '42["status",{"text":{}}]',
  '43999["nobody asked"]',
];

const noPackets = ['', '4', '49', '40[', '40null', '40[]', '45-', '451-["x"]', '6', '9', 'b!'];

/** An honest client is answered: then the process is alive, and does its work. */
async function serves(target: Target): Promise<boolean> {
  const login = await logIn(target, 'u2').catch(() => undefined);
  const raw = login && (await signIn(target, login).catch(() => undefined));
  await raw?.send('427["whoami"]');
  const answer = await raw?.next('437');
  raw?.close();
  return target.alive && answer?.includes('"bob"') === true;
}

attack('malformed payloads and missing acknowledgements do not end the process', {
  held: 'alive',
  run: async (target) => {
    const login = await logIn(target);
    for (const payload of payloads) {
      const raw = await signIn(target, login).catch(() => undefined);
      await raw?.send(payload);
      await raw?.next('4', 30);
      raw?.close();
    }
    for (const packet of noPackets) {
      for (const open of [openWebSocket, openPolling]) {
        const raw = await open(target.origin).catch(() => undefined);
        await raw?.send(packet);
        await raw?.next('4', 20);
        raw?.close();
      }
    }
    const alive = await serves(target);
    return { in: !alive, saw: alive ? 'alive' : 'the process ended' };
  },
});
