// Programs beside Node that some tests need: where they are, and how to get them.
import { existsSync, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { run } from './lib.ts';

export interface Service {
  /** The program's name on the PATH. */
  program: string;
  /** The Debian package that brings it. */
  package: string;
  /** Where it may be beside the PATH: folders, or patterns of such. */
  folders?: readonly string[];
  /** A variable of the environment that names a running one, so that none has to be started. */
  variable?: string;
}

export const redis: Service = {
  program: 'redis-server',
  package: 'redis-server',
  variable: 'REDIS_URL',
};

export const nginx: Service = {
  program: 'nginx',
  package: 'nginx',
  folders: ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin'],
};

export const postgres: Service = {
  program: 'postgres',
  package: 'postgresql',
  folders: ['/usr/lib/postgresql/*/bin', '/opt/homebrew/opt/postgresql*/bin'],
  variable: 'DATABASE_URL',
};

/** All that `npm test` sees to. */
export const services: readonly Service[] = [redis, nginx, postgres];

/** The program's path, from the PATH or its folders; undefined when it is not there. */
export function findProgram({ program, folders = [] }: Service): string | undefined {
  const path = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = path.map((folder) => join(folder, program)).find((each) => existsSync(each));
  return onPath ?? folders.flatMap((folder) => globSync(join(folder, program)).sort()).at(-1);
}

/** Whether tests can have the service: it runs somewhere, or it can be started. */
export function isThere(service: Service): boolean {
  const { variable } = service;
  return Boolean((variable && process.env[variable]) || findProgram(service));
}

/** Why the tests of a service are skipped, and what to do. */
export function missing({ program, package: name, variable }: Service): string {
  const or = variable ? `, or set ${variable} to one that runs` : '';
  return `No ${program} found: install the package ${name}${or}.`;
}

/** Installs the service where that needs no question: as root on Debian. Then says whether it is there. */
export async function ensureService(service: Service): Promise<boolean> {
  const mayInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  if (!isThere(service) && mayInstall) {
    console.log(`No ${service.program} found: installing the package ${service.package}.`);
    const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }; // installed, and not started
    await run(['apt-get', 'update', '-qq'], { env });
    await run(['apt-get', 'install', '-y', '-qq', service.package], { env });
  }
  return isThere(service);
}
