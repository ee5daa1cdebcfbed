// Playwright's settings for `npm run test:quick`: one browser, and of the built sites the one that it builds.
import config from '../playwright.config.ts';
import { root } from './lib.ts';

const [server] = [config.webServer ?? []].flat();
const projects = config.projects?.filter(({ name }) => name === 'chromium');

export default {
  ...config,
  ...(projects ? { projects } : {}),
  ...(server ? { webServer: { ...server, cwd: root } } : {}),
  testDir: `${root}tests`,
  outputDir: `${root}test-results`,
  reporter: [['dot']],
};
