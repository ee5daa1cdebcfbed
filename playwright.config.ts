import { defineConfig, devices } from '@playwright/test';
import { findBrowser } from './tests/support/browser.ts';

const executablePath = findBrowser();
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
  use: {
    ...devices['Desktop Chrome'],
    baseURL: site,
    launchOptions: executablePath ? { executablePath } : {},
  },
  webServer: [
    { command: 'node scripts/serve.ts dist 4390 /', url: site, reuseExistingServer: false },
    {
      command: 'node scripts/serve.ts dist-handshake 4391 /handshake/',
      url: 'http://localhost:4391/handshake/',
      reuseExistingServer: false,
    },
  ],
});
