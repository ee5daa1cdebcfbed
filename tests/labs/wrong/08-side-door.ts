import { mend } from '../mend.ts';

/** Mends that look right. Each is made to fixed.ts, and has to be caught. */
export const wrong = [
  mend('the hook is set after the namespaces are made', [
    ["guard(io.of('/'));\nio.on('new_namespace', guard);\n", "guard(io.of('/'));\n", 'fixed.ts'],
    [
      'ownOrigin(await listen(http, io, 3108));',
      "io.on('new_namespace', guard);\nownOrigin(await listen(http, io, 3108));",
      'fixed.ts',
    ],
  ]),
  mend('only /admin is guarded beside the main namespace', [
    ["io.on('new_namespace', guard);\n", '', 'fixed.ts'],
    ["const admin = io.of('/admin');", "const admin = io.of('/admin');\nguard(admin);", 'fixed.ts'],
  ]),
  mend('whoever has a token is an admin', [
    [
      "socket.data.user.role === 'admin' ? next() : forbid(socket, next);",
      'socket.data.user ? next() : forbid(socket, next);',
      'fixed.ts',
    ],
  ]),
  mend('a socket of another namespace is not counted as one of its login', [
    ['    track(socket);', "    if (socket.nsp.name === '/') track(socket);", 'fixed.ts'],
  ]),
  mend('the side door is shut for everybody', [
    ['namespace.use(authenticate)', 'namespace.use(forbid)', 'fixed.ts'],
  ]),
];
