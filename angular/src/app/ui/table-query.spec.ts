import { convertToParamMap } from '@angular/router';
import { nextSorting, readState, toHttpParams, writeState } from './table-query';

const INITIAL = { size: 20, sorting: 'name' };

describe('table state in the address', () => {
  it('comes back as it was written', () => {
    const state = { page: 3, size: 50, sorting: 'dueDate desc', filters: { light: 'Red' } };
    const params = writeState(state, 'p-', ['light', 'filter'], INITIAL);
    expect(params).toEqual({
      'p-page': 3,
      'p-size': 50,
      'p-sort': 'dueDate desc',
      'p-light': 'Red',
      'p-filter': null,
    });
    expect(readState(convertToParamMap(params), 'p-', ['light', 'filter'], INITIAL)).toEqual(state);
  });

  it('refuses page sizes that are not offered and pages that are none', () => {
    const params = convertToParamMap({ page: '-4', size: '5000' });
    expect(readState(params, '', [], INITIAL)).toEqual({ page: 1, size: 20, sorting: 'name', filters: {} });
  });

  it('turns sorting through three states', () => {
    expect(nextSorting(null, 'name')).toBe('name');
    expect(nextSorting('name', 'name')).toBe('name desc');
    expect(nextSorting('name desc', 'name')).toBeNull();
    expect(nextSorting('name desc', 'dueDate')).toBe('dueDate');
  });

  it('asks the server in its own words', () => {
    expect(
      toHttpParams({ skipCount: 20, maxResultCount: 20, sorting: 'name desc', filters: { light: 'Red' } }),
    ).toEqual({ skipCount: 20, maxResultCount: 20, sorting: 'name desc', light: 'Red' });
  });
});
