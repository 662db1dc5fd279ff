import { TestBed } from '@angular/core/testing';
import { ItemsRequestPage } from './items-request';
import { dialog, open, requestOf, type } from './requests.testing';

const PATH = '/api/region-requests/q1';
const CATALOGUE = '/api/item-lists/l1/items';
const region = () => open(ItemsRequestPage, ['Programmes.RequestItems'], { id: 'q1' });
const issuer = () => open(ItemsRequestPage, ['Programmes.EditItemLists'], { id: 'q1' });
const none = { totalCount: 0, items: [] };
const stale = { title: '内容已被他人修改', status: 409, code: 'Platform:StaleStamp' };
const bodyOf = (request: { body: unknown }) => request.body;

const submitted = requestOf({
  isOwn: false,
  isIssuer: true,
  status: 'Submitted',
  submittedAt: '2023-06-01T02:00:00Z',
});

describe('a request as its region writes it', () => {
  it('says what could not be loaded, and loads it again', async () => {
    const { root, answer, button } = region();
    await answer(PATH, { title: '服务器忙', status: 500, traceId: 't-1' }, 500);
    expect(root.querySelector('[role=alert]')?.textContent).toContain('t-1');
    expect(root.querySelector('h1')).toBeNull();
    button('重试').click();
    await answer(PATH, requestOf());
    await answer(CATALOGUE, none);
    expect(root.querySelector('h1')?.textContent).toContain('新增事项申请');
    expect(root.querySelector('ui-problem-view')).toBeNull();
  });

  it('begins empty: says what to do, and does not hand in without reasons', async () => {
    const { root, answer, button, settle, backend } = region();
    await answer(PATH, requestOf({ items: [], reasons: '' }));
    await answer(CATALOGUE, none);
    expect(root.textContent).toContain('还没有事项。请从清单中选择，或自行填写。');
    expect(root.textContent).toContain('没有可以选择的事项，可以自行填写。');
    expect(root.querySelector('#request-outcome')).toBeNull();
    button('报送').click();
    await settle();
    expect(document.activeElement?.textContent).toContain('申请理由');
    expect(document.activeElement?.textContent).toContain('还没有事项。');
    backend.verify();
  });

  it('chooses from the list once, names others, and sends them without what the server alone says', async () => {
    const { root, answer, button, settle } = region();
    await answer(PATH, requestOf({ items: [] }));
    await answer(CATALOGUE, {
      totalCount: 1,
      items: [{ id: 'i7', name: '食品经营备案', officeName: '市场局', mode: null }],
    });
    button('选择').click();
    await settle();
    expect(button('已选择').disabled).toBe(true);
    button('填写清单中没有的事项').click();
    await settle();
    const named = root.querySelector<HTMLInputElement>('[data-item="1"] input');
    expect(document.activeElement).toBe(named);
    type(root, '[data-item="1"] input', '门店招牌设置备案');
    button('保存草稿').click();
    const sent = await answer(PATH, requestOf());
    expect(bodyOf(sent)).toEqual({
      reasons: '已有承接窗口。',
      items: [
        { itemId: 'i7', name: '食品经营备案', officeName: '市场局', mode: null },
        { itemId: null, name: '门店招牌设置备案', officeName: '', mode: null },
      ],
      fileIds: [],
      concurrencyStamp: 's1',
    });
  });

  it('keeps what was typed when a colleague saved in between, and saves it over theirs when chosen', async () => {
    const { root, answer, button, settle } = region();
    await answer(PATH, requestOf());
    await answer(CATALOGUE, none);
    type(root, 'textarea', '我写的理由');
    button('保存草稿').click();
    await answer(PATH, stale, 409);
    await answer(PATH, requestOf({ reasons: '同事写的理由', concurrencyStamp: 's2' }));
    expect(dialog().textContent).toContain('同事写的理由');
    expect(dialog().textContent).toContain('我写的理由');
    expect(root.querySelector('textarea')?.value).toBe('我写的理由');
    button('用我的版本覆盖', dialog()).click();
    await settle();
    const sent = await answer(PATH, requestOf({ reasons: '我写的理由', concurrencyStamp: 's3' }));
    expect(bodyOf(sent)).toMatchObject({ reasons: '我写的理由', concurrencyStamp: 's2' });
    expect(root.querySelector('.ui-error-summary')).toBeNull();
  });

  it('takes theirs when chosen, and says so no longer', async () => {
    const { root, answer, button, settle, backend } = region();
    await answer(PATH, requestOf());
    await answer(CATALOGUE, none);
    type(root, 'textarea', '我写的理由');
    button('保存草稿').click();
    await answer(PATH, stale, 409);
    await answer(PATH, requestOf({ reasons: '同事写的理由', concurrencyStamp: 's2' }));
    button('采用已保存的版本', dialog()).click();
    await vi.waitFor(() => {
      expect(root.querySelector('textarea')?.value).toBe('同事写的理由');
    });
    await settle();
    expect(root.querySelector('.ui-error-summary')).toBeNull();
    backend.verify();
  });

  it('shows why it was returned, and lets it be mended', async () => {
    const { root, answer } = region();
    await answer(
      PATH,
      requestOf({
        status: 'Returned',
        submittedAt: '2023-06-01T02:00:00Z',
        decidedAt: '2023-06-02T02:00:00Z',
        decidedByName: '省政务办经办人',
        decisionReason: '请补充承接条件',
      }),
    );
    await answer(CATALOGUE, none);
    const outcome = root.querySelector('#request-outcome')?.textContent ?? '';
    expect(outcome).toContain('退回修改，省政务办经办人，2023-06-02 10:00');
    expect(outcome).toContain('请补充承接条件');
    expect(outcome).toContain('请修改后重新报送。');
    expect(root.querySelector<HTMLInputElement>('[data-item="0"] input')?.value).toBe('门店招牌设置备案');
  });

  it('hands in what it saved, and leads to the outcome', async () => {
    const { root, answer, button, settle } = region();
    await answer(PATH, requestOf());
    await answer(CATALOGUE, none);
    button('报送').click();
    await settle();
    button('报送', dialog()).click();
    await answer(PATH, requestOf({ concurrencyStamp: 's2' }));
    const sent = await answer(
      `${PATH}/submit`,
      requestOf({ status: 'Submitted', submittedAt: '2023-06-01T02:00:00Z' }),
    );
    expect(bodyOf(sent)).toEqual({ concurrencyStamp: 's2' });
    await vi.waitFor(() => {
      expect(document.activeElement).toBe(root.querySelector('#request-outcome'));
    });
    expect(root.querySelector('#request-outcome')?.textContent).toContain('已报送，等待发布单位审核。');
    expect(root.querySelector('form')).toBeNull();
  });

  it('says that accepted items wait in the draft, and then which version brought them', async () => {
    const accepted = requestOf({
      status: 'Accepted',
      decidedAt: '2023-06-02T02:00:00Z',
      items: [
        { itemId: null, name: '甲', officeName: '', mode: null, listedAs: 'n1', leftOut: null },
        { itemId: null, name: '乙', officeName: '', mode: null, listedAs: null, leftOut: '省级统一行使' },
        { itemId: null, name: '丙', officeName: '', mode: null, listedAs: null, leftOut: null },
      ],
    });
    const waiting = region();
    await waiting.answer(PATH, accepted);
    expect(waiting.root.querySelector('#request-outcome')?.textContent).toContain('已列入草稿，待印发。');
    expect(waiting.root.querySelector('#request-outcome a')).toBeNull();
    waiting.fixture.destroy();
    TestBed.resetTestingModule();

    const { root, answer } = region();
    await answer(PATH, { ...accepted, issuedVersion: 2, issuedOn: '2023-06-15' });
    const link = root.querySelector('#request-outcome a');
    expect(link?.textContent).toBe('已列入第 2 版（2023年6月15日印发）');
    expect(link?.getAttribute('href')).toBe('/programmes/items/l1?version=2');
    expect(root.querySelector('#request-outcome')?.textContent).toContain('采纳 2 项，未采纳 1 项');
    const items = [...root.querySelectorAll('ol li')].map((item) => item.textContent);
    expect(items[0]).toContain('已列入');
    expect(items[1]).toContain('省级统一行使');
    expect(items[2]).toContain('印发时未列入');
  });
});

describe('a request as its issuer decides', () => {
  it('accepts in part, with a reason for each item left out', async () => {
    const { root, answer, button, settle, backend } = issuer();
    await answer(PATH, submitted);
    expect(root.querySelector('#request-outcome')?.textContent).toContain('等待本单位审核。');
    button('采纳').click();
    await settle();
    const box = dialog();
    const checks = [...box.querySelectorAll<HTMLInputElement>('input[type=checkbox]')];
    expect(checks.map((check) => check.checked)).toEqual([true, true]);
    checks[0]?.click();
    checks[1]?.click();
    await settle();
    expect(button('采纳 0 项', box).disabled).toBe(true);
    expect(box.querySelector('#accept-none')?.textContent).toContain('至少采纳一项');
    checks[0]?.click();
    await settle();
    button('采纳 1 项', box).click();
    await settle();
    // Without the reason nothing is sent.
    backend.verify();
    expect(box.querySelector('.ui-error-summary')?.textContent).toContain('不采纳“经营场所备案”的理由');
    type(box, 'li input:not([type=checkbox])', '省级统一行使');
    await settle();
    button('采纳 1 项', box).click();
    const sent = await answer(`${PATH}/accept`, {
      ...submitted,
      status: 'Accepted',
      decidedAt: '2023-06-02T02:00:00Z',
    });
    expect(bodyOf(sent)).toEqual({
      reason: null,
      concurrencyStamp: 's1',
      leftOut: [{ index: 1, reason: '省级统一行使' }],
    });
    await vi.waitFor(() => {
      expect(document.activeElement).toBe(root.querySelector('#request-outcome'));
    });
    expect(root.querySelector('ui-page-header button')).toBeNull();
  });

  it('shows what holds when somebody was quicker', async () => {
    const { root, answer, button, settle } = issuer();
    await answer(PATH, submitted);
    button('退回').click();
    await settle();
    type(dialog(), 'textarea', '请补充');
    button('退回', dialog()).click();
    await answer(`${PATH}/return`, stale, 409);
    await answer(PATH, { ...submitted, status: 'Withdrawn', concurrencyStamp: 's2' });
    await vi.waitFor(() => {
      expect(document.querySelector('mat-snack-bar-container')?.textContent).toContain('内容已被他人修改');
    });
    expect(root.querySelector('#request-outcome')?.textContent).toContain('已撤回');
    expect(root.querySelector('ui-page-header button')).toBeNull();
  });

  it('accepts nothing that was withdrawn meanwhile', async () => {
    const { root, answer, button, settle } = issuer();
    await answer(PATH, submitted);
    button('采纳').click();
    await settle();
    button('采纳 2 项', dialog()).click();
    await answer(`${PATH}/accept`, stale, 409);
    await answer(PATH, { ...submitted, status: 'Withdrawn', concurrencyStamp: 's2' });
    expect(root.querySelector('#request-outcome')?.textContent).toContain('已撤回');
  });
});
