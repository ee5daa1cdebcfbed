// Copy this too: settings from the environment, and from `.env` beside server.ts when there is one.
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';

const file = join(dirname(process.argv[1] ?? '.'), '.env');
if (statSync(file, { throwIfNoEntry: false })?.isFile()) process.loadEnvFile(file);

/** The setting's value; an empty one counts as absent. */
function text(name: string): string | undefined {
  return process.env[name] || undefined;
}

/** A comma list without its blanks: `ORIGINS=https://a.example, https://b.example`. */
function list(name: string): string[] {
  return (text(name) ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}

/** Whole seconds, from 1 to a year. Anything else is a mistake that must not start a server. */
function seconds(name: string, fallback: number): number {
  const value = Number(text(name) ?? fallback);
  if (Number.isInteger(value) && value >= 1 && value <= 31_536_000) return value;
  return stop(`${name} must be a whole number of seconds from 1 to 31536000, not "${text(name)}".`);
}

/** Says what is wrong in one line, and ends the process with 1. */
function stop(message: string): never {
  console.error(message);
  process.exit(1);
}

export const env = { text, list, seconds, stop };
