// Every npm script starts here, in plain JavaScript, so that an old Node says what is wrong.
import process from 'node:process';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Handshake runs on Node 22.18 or newer; this is ${process.versions.node}, and npm found no build of Node 24 for this machine. Install one from https://nodejs.org, then try again.`,
  );
  process.exit(1);
}
process.env.ASTRO_TELEMETRY_DISABLED = '1';
const [name] = process.argv.splice(2, 1);
await import(`./${name}.ts`);
