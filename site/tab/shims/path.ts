// node:path, as on Linux.
import path from 'path-browserify';

export const { basename, delimiter, dirname, extname, format, isAbsolute, join, normalize } = path;
export const { parse, posix, relative, resolve, sep } = path;
