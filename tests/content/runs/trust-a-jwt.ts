// The packets of: trust-a-jwt. A server whose secret has a fallback in the source, and a token that
// was signed with it.
import { createSecretKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { connectPacket, openWebSocket } from '../../support/raw.ts';
import type { Run } from './run.ts';

export async function record({ startExample, keep, send }: Run): Promise<void> {
  const { origin } = await startExample('auth-field', {
    env: { JWT_SECRET: '' },
    variant: [
      [
        'createSecretKey(randomBytes(32))',
        "createSecretKey(Buffer.from('dev-secret'))",
        'secret.ts',
      ],
    ],
  });
  const claims = { sub: 'u3', iss: 'handshake', aud: 'handshake-sockets', jti: 'mine' };
  const token = jwt.sign(claims, createSecretKey(Buffer.from('dev-secret')), { expiresIn: '15m' });
  const attacker = await openWebSocket(origin);
  await send(attacker, connectPacket({ token }));
  await attacker.answer();
  await send(attacker, '421["whoami"]');
  await attacker.next('431');
  keep(...attacker.packets);
}
