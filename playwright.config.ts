import { defineConfig, devices } from '@playwright/test';
import { findBrowser, findFirefox, firefoxOptions } from './tests/support/browser.ts';

const executablePath = findBrowser();
const firefox = findFirefox();
const site = 'http://localhost:4390/';

export default defineConfig({
  testDir: 'tests',
  testMatch: '**/*.spec.ts',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: process.env.CI ? 1 : 0, // a second try is reported as flaky, not hidden
  workers: 4,
  timeout: 30_000,
  reporter: [['list']],
  use: { baseURL: site },
  projects: [
    {
      name: 'chromium',
      use: {
        ...devices['Desktop Chrome'],
        launchOptions: executablePath ? { executablePath } : {},
      },
    },
    {
      // What depends on the browser's engine: the runtime in the tab. One process, one test at a time.
      name: 'firefox',
      testMatch: 'tab/{differential,isolation,playground}.spec.ts',
      grep: /(?:differential|isolation)\.spec\.ts|a mistake ends in words|endless loop/,
      fullyParallel: false,
      workers: 1,
      use: {
        browserName: 'firefox',
        channel: 'moz-firefox',
        launchOptions: firefox ? firefoxOptions(firefox) : {},
      },
    },
  ],
  webServer: [
    { command: 'node scripts/serve.ts dist 4390 /', url: site, reuseExistingServer: false },
    {
      command: 'node scripts/serve.ts dist-handshake 4391 /handshake/',
      url: 'http://localhost:4391/handshake/',
      reuseExistingServer: false,
    },
  ],
});
