import { ClaimDto } from '@api/models/claim-dto';
import { ClaimEditPage } from './claim-edit';
import { dialog, open, type } from './requests.testing';

const programme = {
  id: 'p1',
  title: '行政审批制度改革试点',
  issuingBody: '省政务办',
  mayClaim: true,
  claimsAreOpen: true,
  claimsCloseOn: '2023-06-30',
  themes: [{ id: 't1', number: '1', title: '一件事集成服务', description: '', ownClaim: { id: 'c1' } }],
};
const claim = (rest: Partial<ClaimDto> = {}) =>
  ({
    id: 'c1',
    themeTitle: '一件事集成服务',
    status: 'Draft',
    reasons: '工作基础扎实。',
    partName: null,
    submittedAt: '2023-06-01T02:00:00Z',
    decidedAt: null,
    decisionReason: null,
    concurrencyStamp: 's1',
    ...rest,
  }) as ClaimDto;
const page = () => open(ClaimEditPage, ['Programmes.Claim'], { id: 'p1', themeId: 't1' });

describe('a claim as its region writes it', () => {
  it('says that the programme has no such theme', async () => {
    const { root, answer } = page();
    await answer('/api/programmes/p1', { ...programme, themes: [] });
    expect(root.querySelector('[role=alert]')?.textContent).toContain('内容不存在');
  });

  it('saves mine over what a colleague saved in between, when chosen', async () => {
    const { root, answer, button } = page();
    await answer('/api/programmes/p1', programme);
    await answer('/api/claims/c1', claim());
    type(root, 'textarea', '我写的理由');
    button('保存草稿').click();
    await answer(
      '/api/claims/c1',
      { title: '内容已被他人修改', status: 409, code: 'Platform:StaleStamp' },
      409,
    );
    await answer('/api/claims/c1', claim({ reasons: '同事写的理由', concurrencyStamp: 's2' }));
    button('用我的版本覆盖', dialog()).click();
    const sent = await answer('/api/claims/c1', claim({ reasons: '我写的理由', concurrencyStamp: 's3' }));
    expect(sent.body).toEqual({ reasons: '我写的理由', partName: null, concurrencyStamp: 's2' });
    expect(root.querySelector('.ui-error-summary')).toBeNull();
  });

  it('shows the decision when it came before the claim was taken back', async () => {
    const { root, answer, button, settle } = page();
    await answer('/api/programmes/p1', programme);
    await answer('/api/claims/c1', claim({ status: 'Submitted' }));
    button('撤回').click();
    await settle();
    button('撤回', dialog()).click();
    await answer(
      '/api/claims/c1/withdraw',
      { title: '该申领已经办结', status: 409, code: 'Programmes:ClaimNotAwaitingDecision' },
      409,
    );
    await answer('/api/claims/c1', claim({ status: 'Accepted', decidedAt: '2023-06-02T02:00:00Z' }));
    expect(document.querySelector('mat-snack-bar-container')?.textContent).toContain('该申领已经办结');
    expect(root.querySelector('[role=status]')?.textContent).toContain('2023-06-02 10:00');
    expect(root.querySelector('ui-page-header button')).toBeNull();
  });
});
