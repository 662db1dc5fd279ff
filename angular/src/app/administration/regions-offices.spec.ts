import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTexts } from '../../testing/texts';
import { apiInterceptor } from '../core/api.interceptor';
import { RegionsOffices } from './regions-offices';

const office = (id: string, order: number, isRetired = false) => ({
  id,
  name: `单位${id}`,
  shortName: id,
  order,
  isRetired,
  concurrencyStamp: `stamp-${id}`,
});

async function show(editable: boolean) {
  TestBed.configureTestingModule({
    providers: [
      provideTexts(),
      provideRouter([]),
      provideHttpClient(withInterceptors([apiInterceptor])),
      provideHttpClientTesting(),
    ],
  });
  const fixture = TestBed.createComponent(RegionsOffices);
  fixture.componentRef.setInput('regionId', 'r1');
  fixture.componentRef.setInput('regionName', '南通市');
  fixture.componentRef.setInput('editable', editable);
  const backend = TestBed.inject(HttpTestingController);
  const settle = async () => {
    await new Promise((done) => setTimeout(done, 5));
    await fixture.whenStable();
  };
  const answer = async (offices: object[]) => {
    await settle();
    backend.expectOne((request) => request.url === '/api/regions/r1/offices').flush(offices);
    await settle();
  };
  return { root: fixture.nativeElement as HTMLElement, backend, answer, settle };
}

describe('offices of a region', () => {
  it('sends the whole order when one moves, and reads it again', async () => {
    const { root, backend, answer } = await show(true);
    await answer([office('a', 0), office('b', 1), office('c', 2), office('d', 3, true)]);
    const rows = [...root.querySelectorAll('li')];
    // The first cannot go up; the retired one cannot be edited at all.
    expect(rows[0]?.querySelectorAll('button')[0]?.disabled).toBe(true);
    expect(rows[2]?.querySelectorAll('button')[1]?.disabled).toBe(true);
    expect(rows[3]?.querySelectorAll('button').length).toBe(0);

    rows[0]?.querySelectorAll('button')[1]?.click();
    const request = backend.expectOne('/api/regions/r1/offices/reorder');
    expect(request.request.body).toEqual({ officeIds: ['b', 'a', 'c'] });
    request.flush([]);
    await answer([office('b', 0), office('a', 1), office('c', 2)]);
    expect(root.querySelector('li')?.textContent).toContain('单位b');
  });

  it('offers nothing to change to those who may only look', async () => {
    const { root, answer } = await show(false);
    await answer([office('a', 0)]);
    expect(root.querySelectorAll('button').length).toBe(0);
  });
});
