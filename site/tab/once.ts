import { readFileSync } from 'node:fs';
import type { Plugin } from 'rolldown';

/** npm lays a package into several folders when others want another version: each version is taken once. */
export function once(): Plugin {
  const folders = new Map<string, string>();
  return {
    name: 'handshake:once',
    async resolveId(id, importer, { kind }) {
      if (/^[./]|^(?:node|tab):/.test(id)) return null;
      const found = await this.resolve(id, importer, { skipSelf: true, kind });
      const [, folder = '', file = ''] =
        /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)(\/.*)$/.exec(found?.id ?? '') ?? [];
      if (!folder || found?.external) return found;
      const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
      const first = folders.get(`${name}@${version}`) ?? folder;
      folders.set(`${name}@${version}`, first);
      return { ...found, id: `${first}${file}` };
    },
  };
}
