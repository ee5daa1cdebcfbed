// node:zlib is not available in the tab: each of its names throws when it is called.
export {};
