// Looks at every page: signs in as several people and takes pictures at office and phone width.
// usage: PILOT_URL=http://127.0.0.1:5080 node tour.mjs OUT_DIR [person[,person…]]
import { mkdirSync } from 'node:fs';
import { chromium } from '@playwright/test';

const base = process.env.PILOT_URL ?? 'http://127.0.0.1:5080';
const [out = 'tour', only] = process.argv.slice(2);
const password = 'Pilot-2026-demo!';
const sizes = { office: { width: 1366, height: 768 }, phone: { width: 390, height: 844 } };

/** Where each person looks; a page that lists things is also opened at its first link of the pattern. */
const routes = {
  'js.coordinator': ['/workbench', '/notifications', '/programmes', '/programmes/*', '/programmes/notices/new', '/pilots', '/pilots/*', '/review', '/review/*', '/assessment', '/assessment/*', '/assessment/schemes', '/replication', '/replication/*', '/insights', '/workflows/inbox', '/workflows/tasks/*', '/workflows/definitions', '/workflows/delegations'],
  'nt.coordinator': ['/workbench', '/workflows/inbox', '/workflows/tasks/*', '/programmes', '/programmes/*', '/pilots', '/pilots/*', '/replication'],
  'js.assessor1': ['/workbench', '/assessment', '/assessment/*'],
  'js.admin': ['/workflows/definitions', '/workflows/incidents', '/administration', '/administration/users', '/administration/regions'],
  'js.security': ['/administration', '/administration/roles', '/administration/tokens'],
  'js.auditor': ['/administration', '/administration/audit'],
  'gz.coordinator': ['/workbench', '/replication', '/replication/*'],
  operator: ['/administration', '/administration/onboarding'],
};

mkdirSync(out, { recursive: true });
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
for (const [person, paths] of Object.entries(routes)) {
  if (only && !only.split(',').includes(person)) continue;
  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: sizes.office });
  const page = await context.newPage();
  page.on('console', (m) => m.type() === 'error' && console.log(`${person} ${page.url()} console: ${m.text()}`));
  page.on('pageerror', (e) => console.log(`${person} ${page.url()} error: ${e}`));
  await page.goto(`${base}/sign-in`);
  await page.getByLabel('用户名').fill(person);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('navigation', { name: '主导航' }).waitFor();
  for (const path of paths) {
    let target = path;
    if (path.endsWith('/*')) {
      await page.goto(base + path.slice(0, -2));
      await page.waitForLoadState('networkidle');
      const links = await page.locator('main a[href]').evaluateAll((nodes) => nodes.map((n) => n.getAttribute('href')));
      target = links.find((href) => new RegExp(`^${path.slice(0, -2)}/[^?]*[0-9a-f]{8}-`).test(href));
      if (!target) {
        console.log(`${person} ${path}: no such link; there are ${links.slice(0, 12).join(' ')}`);
        continue;
      }
    }
    for (const [size, viewport] of Object.entries(sizes)) {
      await page.setViewportSize(viewport);
      await page.goto(base + target);
      await page.waitForLoadState('networkidle');
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) console.log(`${person} ${target} ${size}: ${wide} px too wide`);
      await page.screenshot({ path: `${out}/${person}${path.replaceAll('/', '_').replace('*', 'x')}.${size}.png`, fullPage: size === 'phone' });
    }
  }
  await context.close();
}
await browser.close();
