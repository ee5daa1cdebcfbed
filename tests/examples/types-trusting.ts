// auth-field with a handler that believes its type.
import type { Variant } from '../support/example.ts';

export const trusting: Variant = [
  [
    "handle(socket, 'whoami', () => user);",
    `handle(socket, 'whoami', () => user);
     (socket as Socket).on('say', ({ text }: { text: string }) => {
       console.log(text.trim());
     });`,
  ],
];
