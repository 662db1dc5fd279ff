import { Page, expect, test } from '@playwright/test';
import { read, replace, send } from './api';
import { expectAccessible, watchConsole } from './axe';
import { nantong, office, regionAdmin, yangzhou } from './people';
import { openAs } from './sign-in';

/** A flow is chosen for one theme while the notice is read in, and is the one that its pilots take. */
interface Version {
  readonly id: string;
  readonly definitionId: string;
  readonly concurrencyStamp: string;
}
interface Pilot {
  readonly id: string;
  readonly concurrencyStamp: string;
  readonly deliverables: readonly { readonly id: string }[];
}
interface Plan {
  readonly concurrencyStamp: string;
  readonly offices: readonly { readonly id: string }[];
}

const run = String(1000 + (Math.floor(Date.now() / 1000) % 9000));
const flowName = `证照互认报送流程${run}`;
const theme = '电子证照互认';

const FLOW = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:pilot="urn:pilotplatform:bpmn" id="Definitions_1" targetNamespace="urn:pilotplatform:flows">
  <bpmn:process id="P" name="报送" isExecutable="true">
    <bpmn:startEvent id="Start" name="开始"><bpmn:outgoing>F1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:userTask id="Read" name="集中会审">
      <bpmn:extensionElements><pilot:assignee kind="Role" value="coordinator" region="Issuer" /></bpmn:extensionElements>
      <bpmn:incoming>F1</bpmn:incoming><bpmn:outgoing>F2</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:endEvent id="End" name="结束"><bpmn:incoming>F2</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="F1" sourceRef="Start" targetRef="Read" />
    <bpmn:sequenceFlow id="F2" sourceRef="Read" targetRef="End" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="Diagram_1"><bpmndi:BPMNPlane id="Plane_1" bpmnElement="P">
    <bpmndi:BPMNShape id="Start_di" bpmnElement="Start"><dc:Bounds x="160" y="102" width="36" height="36" /></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="Read_di" bpmnElement="Read"><dc:Bounds x="260" y="80" width="100" height="80" /></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="End_di" bpmnElement="End"><dc:Bounds x="424" y="102" width="36" height="36" /></bpmndi:BPMNShape>
    <bpmndi:BPMNEdge id="F1_di" bpmnElement="F1"><di:waypoint x="196" y="120" /><di:waypoint x="260" y="120" /></bpmndi:BPMNEdge>
    <bpmndi:BPMNEdge id="F2_di" bpmnElement="F2"><di:waypoint x="360" y="120" /><di:waypoint x="424" y="120" /></bpmndi:BPMNEdge>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>`;

/** A date in China, so many days from today. */
function dayFromToday(days: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(
    Date.now() + days * 86_400_000,
  );
}

async function settleQuestions(page: Page): Promise<void> {
  const questions = page.getByText(/还有 \d+ 个问题待处理/);
  const answers = page.getByRole('button', { name: '确认', exact: true });
  while (await questions.isVisible()) {
    const before = await answers.count();
    expect(before, 'what is asked can be answered').toBeGreaterThan(0);
    await answers.first().click();
    await expect(answers).toHaveCount(before - 1);
  }
}

/** Brings a pilot to where its first deliverable is being written. */
async function beginWriting(page: Page, id: string): Promise<Pilot> {
  let pilot = await read<Pilot>(page, `/api/pilots/${id}`);
  pilot = await send<Pilot>(page, `/api/pilots/${id}/begin-planning`, {
    concurrencyStamp: pilot.concurrencyStamp,
  });
  const { offices } = await read<Plan>(page, `/api/pilots/${id}/plan/draft`);
  const plan = await replace<Plan>(page, `/api/pilots/${id}/plan/draft`, {
    concurrencyStamp: '',
    phases: [
      {
        id: null,
        name: '组织实施',
        startOn: dayFromToday(0),
        endOn: dayFromToday(60),
        tasks: [{ id: null, name: '编制清单', officeId: offices[0]?.id, dueOn: dayFromToday(30) }],
      },
    ],
  });
  pilot = await send<Pilot>(page, `/api/pilots/${id}/plan/submit`, { concurrencyStamp: plan.concurrencyStamp });
  pilot = await send<Pilot>(page, `/api/pilots/${id}/start`, { concurrencyStamp: pilot.concurrencyStamp });
  await replace(page, `/api/deliverables/${pilot.deliverables[0]?.id}/draft`, {
    concurrencyStamp: null,
    sections: [],
    fileIds: [],
  });
  return pilot;
}

test('a flow chosen for a theme in the wizard is in force on its pilots', async ({ browser }) => {
  test.setTimeout(600_000);
  const admin = await openAs(browser, regionAdmin);
  const draft = await send<Version>(admin, '/api/workflow-definitions', {
    key: `e2e.submission-${run}`,
    name: flowName,
    allowsOverride: true,
    xml: FLOW,
  });
  await send(admin, `/api/workflow-definitions/${draft.definitionId}/publish`, {
    note: '端到端测试',
    concurrencyStamp: draft.concurrencyStamp,
  });
  await admin.context().close();

  const page = await openAs(browser, office);
  const expectQuiet = watchConsole(page);
  const notice = await send<{ id: string }>(page, '/api/notices', {
    text: `关于开展电子证照试点的通知\n试办发〔2026〕${run}号\n各设区市：\n一、试点任务\n1．${theme}。编制电子证照互认清单。\n试点地区：南京市、南通市\n2．证明材料共享。编制共享目录。\n试点地区：南通市\n完成时限：2027年6月30日\n省政务办\n2026年3月2日`,
  });
  await page.goto(`/programmes/notices/${notice.id}`);
  await settleQuestions(page);

  const section = page.getByRole('region', { name: '流程与评估方案' });
  await expect(section.getByRole('group', { name: '整个计划' }).getByLabel('成果报送')).toHaveValue('');
  await section.getByLabel('为某项任务单独选择').selectOption({ label: `1 ${theme}` });
  const ofTheme = section.getByRole('group', { name: theme });
  await ofTheme.getByLabel('成果报送').selectOption({ label: `${flowName}（第 1 版）` });
  const preview = page.getByRole('region', { name: '发布后将生成' });
  await expect(preview.getByText(`成果报送：${flowName}（第 1 版）`)).toHaveCount(1);
  await expect(preview.getByText('成果报送：成果报送（第')).toHaveCount(1);
  await expectAccessible(page);

  // Nothing of it is lost when the page is left and found again.
  await expect(page.getByText(/已保存 /)).toBeVisible();
  await page.reload();
  await expect(section.getByRole('group', { name: theme }).getByLabel('成果报送')).toHaveValue(`e2e.submission-${run}`);

  await page.getByRole('button', { name: '发布', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: '发布', exact: true }).click();
  await expect(page).toHaveURL(/\/programmes\/[0-9a-f-]{36}$/);
  const programmeId = new URL(page.url()).pathname.split('/').at(-1) ?? '';

  await page.goto(`/programmes/${programmeId}?tab=flows`);
  const own = page.getByRole('region', { name: theme });
  await expect(own.getByText(flowName, { exact: true })).toBeVisible();
  await expect(own.getByText('本任务选用').first()).toBeVisible();
  await expectAccessible(page);
  await own.getByRole('link', { name: flowName }).click();
  await expect(page.getByRole('heading', { level: 1, name: flowName })).toBeVisible();
  await expect(page.locator('app-flow-picture svg').first()).toBeVisible();
  await expectAccessible(page);

  // The city reads it, cannot change it, and its pilot takes it.
  const city = await openAs(browser, nantong);
  const cityQuiet = watchConsole(city);
  await city.goto(`/programmes/${programmeId}?tab=flows`);
  await expect(city.getByRole('region', { name: theme }).getByText(flowName, { exact: true })).toBeVisible();
  await expect(city.getByRole('button', { name: /^调整/ })).toHaveCount(0);
  await expectAccessible(city);
  let pilots: readonly { id: string; themeTitle: string }[] = [];
  await expect
    .poll(
      async () => {
        ({ items: pilots } = await read<{ items: typeof pilots }>(
          city,
          `/api/pilots?programmeId=${programmeId}&maxResultCount=50`,
        ));
        return pilots.length;
      },
      { timeout: 30_000 },
    )
    .toBe(2);
  for (const pilot of pilots) {
    const { deliverables } = await beginWriting(city, pilot.id);
    await city.goto(`/pilots/${pilot.id}/deliverables/${deliverables[0]?.id}`);
    const panel = city.locator('app-flow-panel');
    await expect(panel.getByRole('heading', { level: 3 })).toHaveText(pilot.themeTitle === theme ? flowName : '成果报送');
  }
  const stranger = await openAs(browser, yangzhou);
  expect((await stranger.request.get(`/api/programmes/${programmeId}/flows`)).status()).toBe(404);

  // The office changes its mind for the programme: new work takes it, the deliverable in hand stays on its own.
  await page.goto(`/programmes/${programmeId}?tab=flows`);
  const whole = page.getByRole('region', { name: '整个计划' });
  await whole.getByRole('button', { name: '调整成果报送：整个计划' }).click();
  await whole.getByRole('combobox', { name: '成果报送：整个计划' }).selectOption({ label: `${flowName}（第 1 版）` });
  await whole.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('已保存，新发起的事项按此执行。')).toBeVisible();
  await expect(whole.getByText(flowName, { exact: true })).toBeVisible();
  const other = pilots.find((pilot) => pilot.themeTitle !== theme);
  const slot = (await read<Pilot>(city, `/api/pilots/${other?.id}`)).deliverables[0];
  await city.goto(`/pilots/${other?.id}/deliverables/${slot?.id}`);
  await expect(city.locator('app-flow-panel').getByRole('heading', { level: 3 })).toHaveText('成果报送');

  expectQuiet();
  cityQuiet();
  for (const window of [page, city, stranger]) {
    await window.context().close();
  }
});
