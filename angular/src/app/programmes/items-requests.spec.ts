import { Router } from '@angular/router';
import { TestBed } from '@angular/core/testing';
import { RegionRequestListItemDto } from '@api/models/region-request-list-item-dto';
import { ItemsRequests } from './items-requests';
import { open, requestOf } from './requests.testing';

const entry = (rest: Partial<RegionRequestListItemDto> = {}): RegionRequestListItemDto => ({
  id: 'q1',
  listId: 'l1',
  listTitle: '赋权事项清单',
  regionId: 'nt',
  regionName: '南通市',
  isOwn: false,
  status: 'Submitted',
  itemCount: 2,
  submittedAt: '2023-06-01T02:00:00Z',
  decidedAt: null,
  issuedVersion: null,
  ...rest,
});

const page = (isIssuer: boolean, permissions = ['Programmes.RequestItems']) =>
  open(ItemsRequests, permissions, { listId: 'l1', isIssuer });

describe('requests to a list', () => {
  it('says to the region and to the issuer that there are none, each in its words', async () => {
    const region = page(false);
    await region.answer('/api/region-requests', { totalCount: 0, items: [] });
    expect(region.root.textContent).toContain('可以向发布单位申请');
    expect(region.button('申请新增事项')).toBeTruthy();
    TestBed.resetTestingModule();

    const issuer = page(true);
    await issuer.answer('/api/region-requests', { totalCount: 0, items: [] });
    expect(issuer.root.textContent).toContain('还没有收到申请。');
    expect(issuer.root.querySelector('button')).toBeNull();
  });

  it('asks again after a failure', async () => {
    const { root, answer, button } = page(true);
    await answer('/api/region-requests', { title: '服务器忙', status: 503 }, 503);
    expect(root.querySelector('[role=alert]')?.textContent).toContain('加载失败');
    button('重试').click();
    await answer('/api/region-requests', { totalCount: 1, items: [entry()] });
    expect(root.querySelector('[role=alert]')).toBeNull();
    expect(root.querySelector('a')?.getAttribute('href')).toBe('/programmes/items/requests/q1');
  });

  it('shows where each request stands, in which version it came, and that there are more', async () => {
    const { root, answer } = page(true);
    const request = await answer('/api/region-requests', {
      totalCount: 60,
      items: [entry(), entry({ id: 'q2', status: 'Accepted', issuedVersion: 3 })],
    });
    expect(request.params.get('listId')).toBe('l1');
    const lines = [...root.querySelectorAll('li')].map((line) => line.textContent);
    expect(lines[0]).toContain('南通市申请新增 2 项');
    expect(lines[0]).toContain('待审核');
    expect(lines[0]).not.toContain('版');
    expect(lines[1]).toContain('已列入第 3 版');
    expect(root.textContent).toContain('显示 2 项，共 60 项');
  });

  it('begins a request and goes there', async () => {
    const { answer, button } = page(false);
    await answer('/api/region-requests', { totalCount: 0, items: [] });
    const navigate = vi.spyOn(TestBed.inject(Router), 'navigate').mockResolvedValue(true);
    button('申请新增事项').click();
    const begun = await answer('/api/region-requests', requestOf({ id: 'q9' }), 201);
    expect(begun.body).toEqual({ listId: 'l1', reasons: '', items: [], fileIds: [] });
    expect(navigate).toHaveBeenCalledWith(['/programmes/items/requests', 'q9']);
  });
});
