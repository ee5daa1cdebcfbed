/** Where the progress stands in localStorage; its shape is told in store.ts. */
export const KEY = 'handshake:progress';
