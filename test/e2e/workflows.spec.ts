import { expect, test } from '@playwright/test';
import { read, send } from './api';
import { expectAccessible, watchConsole } from './axe';
import { office, regionAdmin, yangzhou } from './people';
import { openAs } from './sign-in';

interface Task {
  readonly id: string;
  readonly name: string;
  readonly instanceId: string;
  readonly regionName: string;
  readonly link: string;
}
interface Tasks {
  readonly totalCount: number;
  readonly items: readonly Task[];
}
interface Version {
  readonly id: string;
  readonly definitionId: string;
}

const SIGNAL = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="D" targetNamespace="urn:e2e">
  <process id="P" isExecutable="true">
    <startEvent id="S" name="收到信号"><signalEventDefinition id="X" /></startEvent>
    <endEvent id="E" /><sequenceFlow id="F" sourceRef="S" targetRef="E" />
  </process>
</definitions>`;

test('a formal check is claimed and decided from the inbox, and the region sees where it stands', async ({ browser }) => {
  test.setTimeout(120_000);
  const page = await openAs(browser, office);
  const before = await read<Tasks>(page, '/api/workflow-tasks?box=Todo&maxResultCount=200');
  const task = before.items.find((item) => item.name === '形式审查');
  if (!task) {
    throw new Error('no formal check waits');
  }

  await page.goto(`/workflows/tasks/${task.id}`);
  await expect(page.getByText('待领取').or(page.getByText('我在办理')).first()).toBeVisible();
  if (await page.getByText('待领取').first().isVisible()) {
    await page.getByRole('button', { name: '领取', exact: true }).click();
  }
  await expect(page.getByText('我在办理').first()).toBeVisible();

  // A remark that was sent leaves an empty form, not an error.
  await page.getByLabel('批注内容').fill('已电话核对。');
  await page.getByRole('button', { name: '发表批注' }).click();
  await expect(page.getByText('已电话核对。').first()).toBeVisible();
  await expect(page.getByLabel('批注内容')).toHaveValue('');
  await expect(page.locator('.ui-error-summary')).toHaveCount(0);

  // A dialog that was opened from the menu gives the focus back to the menu's button.
  const more = page.getByRole('button', { name: /更多操作/ });
  await more.click();
  await page.getByRole('menuitem', { name: '转办' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '转办' }).click();
  await expect(page.getByRole('dialog').locator('.ui-error-summary')).toContainText('请选择人员');
  await page.keyboard.press('Escape');
  await expect(more).toBeFocused();

  // The same task in a second window, with something typed in it.
  const second = await page.context().newPage();
  await second.goto(`/workflows/tasks/${task.id}`);
  await second.getByRole('radio', { name: /^通过/ }).check();
  await second.getByLabel(/办理意见/).fill('材料齐全，同意。');

  await page.getByRole('radio', { name: /^通过/ }).check();
  await page.getByRole('button', { name: '办理', exact: true }).click();
  await expect(page.getByRole('main').getByText('已办理').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: '办理情况' })).toBeFocused();
  await expectAccessible(page);

  // Too late there: it says so and shows what was typed.
  await second.getByRole('button', { name: '办理', exact: true }).click();
  const unsent = second.locator('.unsent');
  await expect(unsent).toBeFocused();
  await expect(unsent).toContainText('材料齐全，同意。');
  await expectAccessible(second);
  await second.close({ runBeforeUnload: false });

  // The engine calls the domain's verb: the deliverable is accepted, or an administrator is asked; it is not left hanging.
  await expect
    .poll(async () => (await read<Tasks>(page, '/api/workflow-tasks?box=Todo&maxResultCount=200')).items.map((item) => item.id))
    .not.toContain(task.id);
  await expect
    .poll(async () => (await read<{ instance: { status: string } }>(page, `/api/workflow-instances/${task.instanceId}`)).instance.status)
    .toBe('Completed');
  await page.goto(task.link);
  await page.getByRole('heading', { name: '办理流程' }).scrollIntoViewIfNeeded();
  await expect(page.locator('app-flow-picture svg').first()).toBeVisible();
  await page.context().close();
});

test('a sibling city finds nothing of it', async ({ browser }) => {
  const province = await openAs(browser, office);
  const { items } = await read<Tasks>(province, '/api/workflow-tasks?box=Todo&maxResultCount=200');
  const foreign = items.find((item) => item.regionName !== '扬州市');
  if (!foreign) {
    throw new Error('no task of another city');
  }
  const sibling = await openAs(browser, yangzhou);
  for (const path of [`/api/workflow-tasks/${foreign.id}`, `/api/workflow-instances/${foreign.instanceId}`]) {
    expect((await sibling.request.get(path)).status(), path).toBe(404);
  }
  await province.context().close();
  await sibling.context().close();
});

test('a flow of one’s own is drawn, checked and refused while nobody is assigned', async ({ browser }) => {
  test.setTimeout(120_000);
  const page = await openAs(browser, regionAdmin);
  const expectQuiet = watchConsole(page);
  const draft = await send<Version>(page, '/api/workflow-definitions', {
    key: `e2e.flow-${Math.floor(Date.now() / 1000)}`,
    name: '端到端流程',
    allowsOverride: true,
    xml: null,
  });
  await page.goto(`/workflows/definitions/${draft.definitionId}/edit`);

  // bpmn-js opens what the server wrote, under the production CSP, with its mark.
  await expect(page.locator('.djs-container')).toBeVisible();
  await expect(page.locator('.bjs-powered-by')).toBeVisible();
  await expect(page.locator('.djs-element[data-element-id="Task_1"]')).toBeVisible();
  await expectAccessible(page);

  // The same flow as a table, for the keyboard.
  await page.getByRole('tab', { name: '表格' }).click();
  await expect(page.getByRole('cell', { name: '办理' }).or(page.getByRole('rowheader', { name: '办理' })).first()).toBeVisible();
  await expectAccessible(page);

  // A file that cannot be executed is told element by element, and the draft stays.
  await page.locator('#workflow-import').setInputFiles({
    name: '信号.bpmn',
    mimeType: 'application/xml',
    buffer: Buffer.from(SIGNAL),
  });
  await expect(page.getByRole('alert').filter({ hasText: '没有导入' })).toContainText('收到信号 信号事件：平台在此处不支持这种事件');
  await expectAccessible(page);
  await expect(page.getByRole('rowheader', { name: '办理' }).first()).toBeVisible();

  const refused = await page.request.get(`/api/workflow-definitions/${draft.definitionId}`);
  expect(refused.ok()).toBe(true);
  await expect(page.getByText('没有设置办理人或通知对象。').first()).toBeVisible();
  expectQuiet();
  await page.context().close();
});
