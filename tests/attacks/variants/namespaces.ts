// Namespaces without their door, and an early `next`, as every example spells them.
import type { Variant } from '../../support/example.ts';

const guest: Variant = [
  [
    "io.on('new_namespace', guard);",
    `io.on('new_namespace', (nsp) => void nsp.use((socket, next) => {
      Object.assign(socket.data, { user: { id: 'u1', name: 'ann', role: 'admin' } });
      next();
    }));`,
  ],
];

export const laterNamespace = { 'a namespace made later asks for a token too': guest };

const anybody: Variant = [
  ["socket.data.user.role === 'admin' ? next() : forbid(socket, next)", 'next()'],
];

/** Where /admin is a namespace of its own. */
export const adminNamespace = {
  ...laterNamespace,
  'a second namespace asks for a token as the first one does': [...guest, ...anybody],
  'a member is refused in the namespace of the admins': anybody,
} satisfies Record<string, Variant>;

/** Where /admin is one of the names that nobody made. */
export const noAdminNamespace = {
  ...laterNamespace,
  'a second namespace asks for a token as the first one does': [
    ...guest,
    ['unknown.use(authenticate).use(', 'void ('],
  ],
} satisfies Record<string, Variant>;

/** Lets a socket in before the lookup: `data` is what the server would put on it. */
export function early(data: string): Record<string, Variant> {
  const edit = `socket.data = ${data}; return next();`;
  return {
    'an event sent before CONNECT is answered reaches nobody': [
      ['door.pending.add(nsp.name);', edit],
    ],
  };
}

const bob = "user: { id: 'u2', name: 'bob', role: 'member' }, checkedAt: performance.now()";

/** The same for a server whose login has claims. */
export const earlyWith = (claims: string) => early(`{ ${bob}, claims: ${claims} }`);
