import { Page, expect, test } from '@playwright/test';
import { read, send } from './api';
import { expectAccessible, watchConsole } from './axe';
import { tabTo } from './keys';
import { office, regionAdmin } from './people';
import { openAs } from './sign-in';

interface Items<T> {
  readonly totalCount: number;
  readonly items: readonly T[];
}
interface Task {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly light: string | null;
}
interface Flow {
  readonly id: string;
  readonly currentVersionId: string;
}

const inbox = (page: Page, query = '') =>
  read<Items<Task>>(page, `/api/workflow-tasks?box=Todo&maxResultCount=200${query}`);

test('the inbox is narrowed by flow and light, the address keeps it, and the menu counts what waits', async ({ browser }) => {
  const page = await openAs(browser, office);
  const { totalCount, items } = await inbox(page);
  const entry = page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: /办件箱/ });
  await expect(entry).toHaveAccessibleName(new RegExp(`${totalCount} 项待办`));

  await entry.click();
  await page.getByLabel('流程', { exact: true }).selectOption({ label: '成果报送' });
  await expect(page).toHaveURL(/key=pilots\.submission/);
  const of = items.filter((task) => task.key === 'pilots.submission');
  await expect(page.locator('tbody tr')).toHaveCount(Math.min(of.length, 20));
  const light = of[0]?.light ?? 'None';
  await page.getByLabel('时限', { exact: true }).selectOption(light);
  await expect(page).toHaveURL(new RegExp(`light=${light}`));
  await page.reload();
  await expect(page.locator('tbody tr')).toHaveCount(Math.min(of.filter((task) => task.light === light).length, 20));
  await expect(page.getByRole('button', { name: /流程：成果报送/ })).toBeVisible();
  await expectAccessible(page);
  await page.context().close();
});

test('a task is found, claimed and completed with the keyboard alone', async ({ browser }) => {
  test.setTimeout(120_000);
  const page = await openAs(browser, office);
  const before = await inbox(page, '&key=pilots.submission');
  const task = before.items.find((item) => item.name === '形式审查');
  if (!task) {
    throw new Error('no formal check waits');
  }
  await page.goto('/workflows/inbox');
  const link = page.locator(`main a[href="/workflows/tasks/${task.id}"]`).first();
  await expect(link).toBeVisible();
  await tabTo(page, link);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(task.id));
  const claim = page.getByRole('button', { name: '领取', exact: true });
  await expect(claim.or(page.getByText('我在办理')).first()).toBeVisible();
  if (await claim.isVisible()) {
    await tabTo(page, claim);
    await page.keyboard.press('Enter');
  }
  await expect(page.getByText('我在办理').first()).toBeVisible();
  await tabTo(page, page.getByRole('radio', { name: /^通过/ }));
  await page.keyboard.press('Space');
  await expect(page.getByRole('radio', { name: /^通过/ })).toBeChecked();
  await tabTo(page, page.getByRole('button', { name: '办理', exact: true }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main').getByText('已办理').first()).toBeVisible();
  await expect.poll(async () => (await inbox(page)).items.map((item) => item.id)).not.toContain(task.id);
  await page.context().close();
});

test('a step is added and named in the table view with the keyboard alone', async ({ browser }) => {
  test.setTimeout(120_000);
  const page = await openAs(browser, regionAdmin);
  const draft = await send<{ definitionId: string }>(page, '/api/workflow-definitions', {
    key: `e2e.keys-${Math.floor(Date.now() / 1000)}`,
    name: '键盘流程',
    allowsOverride: true,
    xml: null,
  });
  await page.goto(`/workflows/definitions/${draft.definitionId}/edit`);
  await expect(page.locator('.djs-container')).toBeVisible();
  await tabTo(page, page.getByRole('tab', { name: '图形' }));
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: '表格' })).toHaveAttribute('aria-selected', 'true');
  const steps = page.getByRole('region', { name: '环节列表' }).locator('tbody tr');
  const count = await steps.count();
  await tabTo(page, page.getByRole('button', { name: '添加', exact: true }));
  await page.keyboard.press('Enter');
  await expect(steps).toHaveCount(count + 1);
  await tabTo(page, steps.last().getByRole('button', { name: /^设置/ }));
  await page.keyboard.press('Enter');
  const name = page.locator('app-properties-panel').getByLabel('名称', { exact: true }).first();
  await tabTo(page, name);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('复核');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('region', { name: '环节列表' }).getByRole('rowheader', { name: '复核' })).toBeVisible();
  await expectAccessible(page);
  await page.context().close();
});

for (const mode of ['关怀版', 'forced colours'] as const) {
  test(`workflow screens are accessible and fit in ${mode}`, async ({ browser }) => {
    test.setTimeout(240_000);
    const page = await openAs(browser, regionAdmin);
    if (mode === '关怀版') {
      await page.getByRole('button', { name: '关怀版' }).click();
    } else {
      await page.emulateMedia({ forcedColors: 'active' });
    }
    const { items } = await read<Items<Flow>>(page, '/api/workflow-definitions?search=pilots.submission');
    const [flow] = items;
    if (!flow) {
      throw new Error('the standard flow is not there');
    }
    for (const path of [
      '/workflows/inbox',
      '/workflows/inbox?box=Done',
      '/workflows/delegations',
      '/workflows/definitions',
      `/workflows/definitions/${flow.id}/edit`,
      `/workflows/versions/${flow.currentVersionId}/monitor`,
      '/workflows/incidents',
    ]) {
      for (const viewport of [
        { width: 1366, height: 768 },
        { width: 390, height: 844 },
      ]) {
        await page.setViewportSize(viewport);
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(page.locator('ui-loading')).toHaveCount(0);
        const tooWide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect.soft(tooWide, `${path} at ${viewport.width}`).toBeLessThanOrEqual(0);
        await expectAccessible(page);
      }
    }
    await page.context().close();
  });
}

test('lists say that the server cannot be reached, and go on when it can', async ({ browser }) => {
  const page = await openAs(browser, office);
  const expectQuiet = watchConsole(page, [/ERR_FAILED/]);
  await page.goto('/workflows/delegations');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('main ui-loading')).toHaveCount(0);
  await page.route('**/api/workflow-*', (route) => route.abort());
  await page.route('**/api/workflow-*?**', (route) => route.abort());
  await page.route('**/api/workflow-*/**', (route) => route.abort());
  await page.getByRole('link', { name: /办件箱/ }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: '办件箱' })).toBeVisible();
  await expect(page.locator('ui-data-table').getByText('无法连接服务器')).toBeVisible();
  await expectAccessible(page);
  await page.unrouteAll();
  await page.locator('ui-data-table').getByRole('button', { name: '重试' }).click();
  await expect(page.locator('tbody tr').first()).toBeVisible();
  expectQuiet();
  await page.context().close();
});

test('a field is made to take several options in the table view with the keyboard alone', async ({ browser }) => {
  test.setTimeout(120_000);
  const page = await openAs(browser, regionAdmin);
  const { items } = await read<Items<Flow>>(page, '/api/workflow-definitions?search=pilots.submission');
  const { xml } = await read<{ xml: string }>(page, `/api/workflow-versions/${items[0]?.currentVersionId}`);
  const draft = await send<{ definitionId: string }>(page, '/api/workflow-definitions', {
    key: `e2e.options-${Math.floor(Date.now() / 1000)}`,
    name: '多选字段',
    allowsOverride: true,
    xml,
  });
  await page.goto(`/workflows/definitions/${draft.definitionId}/edit`);
  await expect(page.locator('.djs-container')).toBeVisible();
  await tabTo(page, page.getByRole('tab', { name: '图形' }));
  await page.keyboard.press('ArrowRight');
  await tabTo(page, page.getByRole('button', { name: '设置 负责人签批', exact: true }));
  await page.keyboard.press('Enter');
  const field = page.locator('app-form-editor details', { hasText: '签批意见' }).first();
  await tabTo(page, field.locator('summary'));
  await page.keyboard.press('Enter');
  const kind = field.getByLabel('类型');
  await tabTo(page, kind);
  await page.keyboard.press('End');
  await expect(kind).toHaveValue('Choices');
  // The variable holds one text so far, and a condition reads it: the checks say what is to be changed with it.
  await expect(page.getByText('表单字段与变量“signature”的类型不一致（应为文字）')).toBeVisible();
  await expectAccessible(page);
  await page.context().close();
});

test('in forced colours the main button is told from the others', async ({ browser }) => {
  const page = await openAs(browser, regionAdmin);
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto('/workflows/definitions');
  const primary = page.locator('.button.primary').first();
  await expect(primary).toBeVisible();
  const look = (button: typeof primary) =>
    button.evaluate((node) => {
      const { backgroundColor, borderTopWidth, color } = getComputedStyle(node);
      return { backgroundColor, borderTopWidth, color };
    });
  // What the system paints its own emphasis with, not a colour of ours.
  const system = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('span'));
    probe.style.cssText = 'background: Highlight; color: HighlightText; forced-color-adjust: none';
    const { backgroundColor, color } = getComputedStyle(probe);
    probe.remove();
    return { backgroundColor, color };
  });
  const main = await look(primary);
  expect(main).toMatchObject(system);
  const other = await look(page.locator('.button:not(.primary, .link, :disabled)').first());
  expect(other.backgroundColor).not.toBe(main.backgroundColor);
  expect(other.borderTopWidth).not.toBe(main.borderTopWidth);
  await page.context().close();
});
