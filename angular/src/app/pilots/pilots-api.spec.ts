import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { PilotsApi } from './pilots-api';

describe('PilotsApi', () => {
  it('sends page, sorting and filters of a table to the server', () => {
    TestBed.configureTestingModule({ providers: [provideHttpClient(), provideHttpClientTesting()] });
    const server = TestBed.inject(HttpTestingController);
    TestBed.inject(PilotsApi)
      .list({
        skipCount: 20,
        maxResultCount: 50,
        sorting: 'light desc',
        filters: { light: 'Red', search: '容缺' },
      })
      .subscribe();
    const request = server.expectOne((candidate) => candidate.url.endsWith('/api/pilots'));
    const sent = Object.fromEntries(
      request.request.params.keys().map((key) => [key.toLowerCase(), request.request.params.get(key)]),
    );
    expect(sent).toEqual({
      skipcount: '20',
      maxresultcount: '50',
      sorting: 'light desc',
      light: 'Red',
      search: '容缺',
    });
  });
});
