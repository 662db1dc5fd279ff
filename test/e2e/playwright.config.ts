import { defineConfig } from '@playwright/test';

const baseURL = process.env['PILOT_URL'];
if (!baseURL) {
  throw new Error('PILOT_URL names the running platform, e.g. PILOT_URL=http://127.0.0.1:5080');
}

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  // What changes data goes one after the other; beside it one worker looks at every page, which changes nothing.
  workers: 2,
  fullyParallel: false,
  projects: [
    { name: 'work', testIgnore: 'pages.spec.ts', workers: 1 },
    { name: 'pages', testMatch: 'pages.spec.ts', workers: 1 },
  ],
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: process.env['PILOT_E2E_REPORT'] ?? 'test-results/report.json' }]],
  use: {
    baseURL,
    browserName: 'chromium',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1366, height: 768 },
    screenshot: 'only-on-failure',
    // Recording every test costs a third of its time; PILOT_TRACE=1 records, for a failure that a picture does not explain.
    trace: process.env['PILOT_TRACE'] ? 'retain-on-failure' : 'off',
    launchOptions: {
      executablePath: process.env['PILOT_CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
