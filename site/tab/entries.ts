/** The entries of the runtime's build as text: ES modules with the names that Node finds in a builtin or a package. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MISSING } from './replace.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const identifier = /^[A-Za-z_$][\w$]*$/;

/** The names that Node's ES modules see, without `default`. */
async function namesOf(specifier: string): Promise<string[]> {
  const found: object = await import(specifier);
  return Object.keys(found).filter((name) => identifier.test(name) && name !== 'default');
}

/** Each name once as a constant, also names like `static` that cannot be declared. */
function exportAll(names: readonly string[], from: string): string {
  const constants = names.map((name, n) => `${name}: e${n}`).join(', ');
  const exported = names.map((name, n) => `e${n} as ${name}`).join(', ');
  return `const { ${constants} } = ${from};\nexport { ${exported} };`;
}

const packaged: Record<string, string> = {
  events: 'events/',
  stream: './shims/stream.cjs',
  string_decoder: 'string_decoder/',
};

/** All names of a module, from what there is of it: one that it lacks is a function that throws by its name. */
const complete = (module: string, names: readonly string[], from: string) => `${MISSING}
const whole = {};
for (const name of '${names.join(' ')}'.split(' ')) whole[name] = Reflect.get(${from}, name) ?? missing('${module}', name);
${exportAll(names, 'whole')}`;

/**
 * A builtin for the code of an example: what the shim has, and a function that throws for each name that it lacks.
 * Packages get the shim alone, for they look whether a name is there.
 */
export async function builtinModule(name: string): Promise<string> {
  const all = await namesOf(`node:${name}`);
  const from = packaged[name];
  const shim = from ? `import shim from '${from}';` : `import * as shim from './shims/${name}.ts';`;
  const standard = from ? 'shim' : "Reflect.get(shim, 'default') ?? whole";
  return `${shim}\n${complete(`node:${name}`, all, 'shim')}\nexport default ${standard};`;
}

/** A package as an ES module with the names that Node finds in it. */
export async function packageModule(name: string): Promise<string> {
  const whole: object = await import(name);
  const isModule = /"type":\s*"module"/.test(manifestOf(name)) || !('default' in whole);
  if (isModule) {
    const standard = 'default' in whole ? `export { default } from '${name}';` : '';
    return `export * from '${name}';\n${standard}`;
  }
  const names = (await namesOf(name)).filter((each) => each !== 'module.exports');
  // The bundler may take a package's ES form where Node takes the other one: either will do.
  const from = `import * as all from '${name}';\nconst m = Reflect.get(all, 'default') ?? all;`;
  const standard = 'default' in whole ? 'export default m;' : '';
  return `${from}\n${complete(name, names, 'm')}\n${standard}`;
}

function manifestOf(name: string): string {
  return readFileSync(join(here, '../../node_modules', name, 'package.json'), 'utf8');
}
