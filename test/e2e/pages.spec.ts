import { Page, expect, test } from '@playwright/test';
import { read, send } from './api';
import { expectAccessible, watchConsole } from './axe';
import {
  assessor1,
  auditor,
  ganzhou,
  leader,
  nantong,
  office,
  operator,
  regionAdmin,
  securityAdmin,
} from './people';
import { Person, openAs } from './sign-in';

interface Items<T> {
  readonly items: readonly T[];
}
type WithId = Items<{ readonly id: string }>;

/** The address of a page; a page of one thing is asked for with the first thing that the person's list has. */
type Address = string | ((page: Page) => Promise<string>);

const DESK = { width: 1366, height: 768 };
const PHONE = { width: 390, height: 844 };

/** The page of the first thing of a list; `under` names a page below it. */
const first =
  (list: string, address: string, under = ''): Address =>
  async (page) => {
    const { items } = await read<WithId>(page, list);
    expect(items.length, `${list} has something`).toBeGreaterThan(0);
    return `${address}/${items[0]?.id}${under}`;
  };

interface PilotCards {
  readonly id: string;
  readonly deliverables: readonly { readonly id: string; readonly latestSubmissionId: string | null }[];
}

/** The first pilot of which something has been handed in. */
async function handedIn(page: Page): Promise<{ pilot: string; deliverable: string; submission: string }> {
  const { items } = await read<WithId>(page, '/api/pilots?maxResultCount=50');
  for (const { id } of items) {
    const pilot = await read<PilotCards>(page, `/api/pilots/${id}`);
    const slot = pilot.deliverables.find((card) => card.latestSubmissionId);
    if (slot?.latestSubmissionId) {
      return { pilot: id, deliverable: slot.id, submission: slot.latestSubmissionId };
    }
  }
  throw new Error('no pilot of this person has a submission');
}

interface Programme {
  readonly id: string;
  readonly themes: readonly { readonly id: string }[];
}

/** The programme for whose themes regions may apply. */
async function openForClaims(page: Page): Promise<Programme> {
  const { items } = await read<Items<{ id: string; claimsAreOpen: boolean }>>(page, '/api/programmes');
  const open = items.find((programme) => programme.claimsAreOpen);
  expect(open, 'a programme takes claims').toBeDefined();
  return read<Programme>(page, `/api/programmes/${open?.id}`);
}

const draftOfANotice: Address = async (page) => {
  const notice = await send<{ id: string }>(page, '/api/notices', {
    text: '关于开展电子证照试点的通知\n试办发〔2026〕3号\n各设区市：\n一、试点任务\n1．电子证照互认。编制电子证照互认清单。\n试点地区：南京市、南通市\n省政务办\n2026年3月2日',
  });
  return `/programmes/notices/${notice.id}`;
};

interface Flow {
  readonly id: string;
  readonly key: string;
  readonly currentVersionId: string;
}

/** A page of the flow by which deliverables are handed in. */
const standardFlow =
  (address: (flow: Flow) => string): Address =>
  async (page) => {
    const { items } = await read<Items<Flow>>(page, '/api/workflow-definitions?search=pilots.submission');
    const [flow] = items;
    if (!flow) {
      throw new Error('the standard flow is not there');
    }
    return address(flow);
  };

const ROLES: readonly {
  readonly role: string;
  readonly person: Person;
  readonly pages: readonly Address[];
}[] = [
  {
    role: 'issuing office: programmes and pilots',
    person: office,
    pages: [
      '/workbench',
      '/notifications',
      '/programmes',
      '/programmes/notices/new',
      draftOfANotice,
      first('/api/programmes', '/programmes'),
      first('/api/programmes', '/programmes', '?tab=flows'),
      async (page) => `/programmes/${(await openForClaims(page)).id}/claims`,
      '/pilots',
      first('/api/pilots', '/pilots'),
      '/review',
      async (page) => {
        const { items } = await read<Items<{ submissionId: string }>>(page, '/api/review/submissions');
        expect(items.length, 'something waits for review').toBeGreaterThan(0);
        return `/review/${items[0]?.submissionId}`;
      },
    ],
  },
  {
    role: 'issuing office: assessment, replication, dashboard',
    person: office,
    pages: [
      '/assessment',
      first('/api/assessment/assessments', '/assessment'),
      '/assessment/schemes',
      first('/api/assessment/schemes', '/assessment/schemes'),
      '/assessment/results',
      first('/api/assessment/results', '/assessment/results'),
      '/replication',
      first('/api/practices', '/replication'),
      '/replication/adoptions',
      '/replication/drafts',
      first('/api/replication/drafts', '/replication/drafts'),
      '/insights',
      '/account/security',
      '/account/change-password',
      '/forbidden',
      '/no-such-page',
    ],
  },
  {
    role: 'issuing office: flows',
    person: office,
    pages: [
      '/workflows/inbox',
      '/workflows/inbox?box=Done',
      '/workflows/inbox?box=Started',
      '/workflows/inbox?box=Copied',
      first('/api/workflow-tasks?box=Todo', '/workflows/tasks'),
      first('/api/workflow-instances', '/workflows/instances'),
      '/workflows/delegations',
      '/workflows/definitions',
      standardFlow((flow) => `/workflows/definitions/${flow.id}/edit`),
      standardFlow((flow) => `/workflows/versions/${flow.currentVersionId}/monitor`),
      standardFlow((flow) => `/workflows/versions/${flow.currentVersionId}`),
    ],
  },
  {
    role: 'leader',
    person: leader,
    pages: ['/workbench', '/insights', '/programmes', '/pilots', '/workflows/inbox'],
  },
  {
    role: 'city',
    person: nantong,
    pages: [
      '/workbench',
      '/notifications',
      '/programmes',
      first('/api/programmes', '/programmes'),
      first('/api/programmes', '/programmes', '?tab=flows'),
      async (page) => {
        const programme = await openForClaims(page);
        return `/programmes/${programme.id}/claim/${programme.themes[0]?.id}`;
      },
      '/pilots',
      async (page) => `/pilots/${(await handedIn(page)).pilot}`,
      async (page) => `/pilots/${(await handedIn(page)).pilot}/plan`,
      async (page) => {
        const { pilot, deliverable } = await handedIn(page);
        return `/pilots/${pilot}/deliverables/${deliverable}`;
      },
      async (page) => {
        const { pilot, submission } = await handedIn(page);
        return `/pilots/${pilot}/submissions/${submission}`;
      },
      '/replication',
      '/insights',
    ],
  },
  {
    role: 'assessor',
    person: assessor1,
    pages: [
      '/workbench',
      '/assessment/my',
      async (page) => {
        const sheets = await read<readonly { id: string }[]>(page, '/api/assessment/my');
        expect(sheets.length, 'there is a sheet').toBeGreaterThan(0);
        return `/assessment/sheets/${sheets[0]?.id}`;
      },
    ],
  },
  {
    role: 'region administrator',
    person: regionAdmin,
    pages: [
      '/administration',
      '/administration/users',
      '/administration/users/new',
      first('/api/users', '/administration/users'),
      '/administration/regions',
      '/workflows/incidents',
    ],
  },
  {
    role: 'security administrator',
    person: securityAdmin,
    pages: [
      '/administration',
      '/administration/roles',
      '/administration/roles/coordinator',
      '/administration/tokens',
    ],
  },
  { role: 'auditor', person: auditor, pages: ['/administration', '/administration/audit'] },
  {
    role: 'region of another province',
    person: ganzhou,
    pages: ['/workbench', '/replication', first('/api/practices', '/replication'), '/replication/adoptions'],
  },
  { role: 'operator', person: operator, pages: ['/administration', '/administration/onboarding'] },
];

/** Opens a page and waits until it has its title and nothing is being loaded any more. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.locator('main h1'), `${address} has a title`).toHaveCount(1);
  await expect(page.locator('main ui-loading')).toHaveCount(0);
  await page.waitForLoadState('networkidle');
  await expect(page.locator('main h1')).not.toBeEmpty();
}

/** Waits until the page has been laid out for its size, and what only one of the sizes shows has been loaded. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await expect(page.locator('main ui-loading')).toHaveCount(0);
}

async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  const excess = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(excess, `pixels that ${page.url()} is too wide`).toBe(0);
}

for (const { role, person, pages } of ROLES) {
  test(`every page: ${role}`, async ({ browser }) => {
    test.setTimeout(600_000);
    const page = await openAs(browser, person);
    const expectQuiet = watchConsole(page);
    for (const entry of pages) {
      const address = typeof entry === 'string' ? entry : await entry(page);
      await page.setViewportSize(DESK);
      await open(page, address);
      // Made narrow with the page open, as when a window is pulled: opening it anew would take as long as everything else does.
      for (const size of [DESK, PHONE]) {
        await test.step(`${address} at ${size.width} px`, async () => {
          await page.setViewportSize(size);
          await settled(page);
          await expectNoSidewaysScrolling(page);
          await expectAccessible(page);
        });
      }
    }
    expectQuiet();
    await page.context().close();
  });
}

test('in 关怀版 and in English the frame and its pages stay sound', async ({ browser }) => {
  const page = await openAs(browser, office);
  const expectQuiet = watchConsole(page);
  await page.getByRole('button', { name: '关怀版' }).click();
  await expect(page.locator('html')).toHaveClass(/\bcare\b/);
  for (const size of [DESK, PHONE]) {
    await page.setViewportSize(size);
    await open(page, '/pilots');
    await expectNoSidewaysScrolling(page);
    await expectAccessible(page);
  }
  await page.setViewportSize(DESK);
  await page.getByRole('button', { name: '关怀版' }).click();
  await page.getByRole('button', { name: '语言：简体中文' }).click();
  await page.getByRole('menuitemradio', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await open(page, '/insights');
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(/[㐀-鿿]/);
  await expectNoSidewaysScrolling(page);
  await expectAccessible(page);
  expectQuiet();
  await page.context().close();
});
