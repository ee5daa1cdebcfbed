/**
 * What the runtime is built without: parts of packages that no server in the tab calls. Each is replaced by functions
 * that throw by their name, so that a call that comes after all is understood.
 */
import { readFileSync } from 'node:fs';

/** Throws when it is called, by the name that is missing. */
export const MISSING = `
function missing(module, name) {
  return function () {
    throw new Error(name + ' of ' + module + ' is not available in the tab: run this example locally');
  };
}`;

/** CommonJS modules written anew, by how a package asks for them. */
export const small: Record<string, string> = {
  // Asked only whether this Node is new enough.
  semver: 'module.exports = { satisfies: () => true };',
  // Logs for those who set DEBUG.
  debug: `
    const debug = () => Object.assign(() => {}, { enabled: false, extend: debug });
    module.exports = Object.assign(debug, { debug, default: debug, enabled: () => false });`,
  // Express asks for it for nested fields (`extended`); flat ones are the same.
  qs: `
    const { parse, stringify } = require('node:querystring');
    module.exports = { parse: (text) => ({ ...parse(text) }), stringify };`,
  // jsonwebtoken's, written for engines that lack these.
  'lodash.includes': 'module.exports = (list, item) => list.includes(item);',
  'lodash.isinteger': 'module.exports = Number.isInteger;',
  'lodash.once':
    'module.exports = (call) => { let value; return (...args) => { [value, call] = [call ? call(...args) : value]; return value; }; };',
  'abort-controller': 'module.exports = { AbortController, AbortSignal };',
};

/** Files of packages, written anew: what is left of them where the feature is not there. */
const replaced: [file: RegExp, text: string][] = [
  [
    /readable-stream\/lib\/internal\/streams\/operators\.js$/, // map, filter … of streams
    'module.exports = { streamReturningOperators: {}, promiseReturningOperators: {} };',
  ],
  [
    /readable-stream\/lib\/internal\/streams\/(?:compose|duplexify)\.js$/,
    "module.exports = () => { throw new Error('compose and Duplex.from are not available in the tab'); };",
  ],
  [
    /ws\/lib\/permessage-deflate\.js$/, // there is no zlib, and Socket.IO has it off
    "module.exports = class PerMessageDeflate { static get extensionName() { return 'permessage-deflate'; } };",
  ],
  [
    /engine\.io\/build\/transports\/webtransport\.js$/,
    'exports.WebTransport = class WebTransport {};',
  ],
  [/engine\.io\/build\/parser-v3\/index\.js$/, 'module.exports = {};'], // for clients of Socket.IO 2
  [/socket\.io-adapter\/dist\/cluster-adapter\.js$/, 'module.exports = {};'],
];

/** Files whose functions are never called: the flag or the feature that would is not there. */
const unused = [
  /engine\.io\/build\/(?:userver|transports-uws\/index)\.js$/, // µWebSockets.js
  /socket\.io\/dist\/uws\.js$/,
  /sucrase\/dist\/esm\/parser\/plugins\/(?:flow|jsx\/index)\.js$/,
  /sucrase\/dist\/esm\/transformers\/(?:CJSImport|Flow|JSX|JestHoist|ReactDisplayName|ReactHotLoader)Transformer\.js$/,
  /sucrase\/dist\/esm\/transformers\/(?:NumericSeparator|OptionalCatchBinding|OptionalChainingNullish)Transformer\.js$/,
  /sucrase\/dist\/esm\/(?:CJSImportProcessor|computeSourceMap|Options)\.js$/,
  /sucrase\/dist\/esm\/util\/formatTokens\.js$/,
  /zod\/v4\/core\/(?:compile|json-schema-generator|json-schema-processors|to-json-schema)\.js$/,
  /zod\/v4\/classic\/from-json-schema\.js$/,
];

// Of its stores the one in memory; the others talk to databases.
const limiter = /rate-limiter-flexible\/index\.js$/;
const inMemory = ['RateLimiterMemory', 'RateLimiterRes', 'RateLimiterUnion', 'RateLimiterAbstract'];
const limiters = [...inMemory, 'BurstyRateLimiter', 'RateLimiterQueue'];

/** The text that stands for a file of a package, or undefined when it stays as it is. */
export function stubOf(id: string): string | undefined {
  if (limiter.test(id)) {
    const lines = limiters.map((name) => `${name}: require('./lib/${name}')`);
    return `module.exports = { ${lines.join(', ')} };`;
  }
  const [, text] = replaced.find(([file]) => file.test(id)) ?? [];
  if (text) return text;
  if (!unused.some((file) => file.test(id))) return undefined;
  const source = readFileSync(id, 'utf8');
  const file = id.replace(/^.*node_modules\//, '');
  if (!/^(?:im|ex)port\b/m.test(source)) return 'module.exports = {};';
  const names = [...source.matchAll(/^export (?:async )?(?:function|const|class|let|var) (\w+)/gm)];
  const lines = names.map(([, name]) => `export const ${name} = missing('${file}', '${name}');`);
  if (/\/Options\.js$/.test(id)) return 'export function validateOptions() {}';
  const standard = /^export default /m.test(source)
    ? `export default missing('${file}', 'default');`
    : '';
  return [MISSING, ...lines, standard].join('\n');
}
