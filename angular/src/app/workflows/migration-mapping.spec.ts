import { SAMPLE_FLOW } from './flow/sample-flow.testing';
import { candidatesFor, mappingOf, suggestMapping, waitingNodes } from './migration-mapping';

describe('migration mapping', () => {
  const before = waitingNodes(SAMPLE_FLOW);

  it('asks for what can hold a token, not for gateways, starts and ends', () => {
    expect(before.map((node) => node.id).sort()).toEqual(['check', 'fix', 'late', 'sign', 'tell']);
  });

  it('maps the same id, else the only step of the same kind and name', () => {
    const renamed = waitingNodes(
      SAMPLE_FLOW.replaceAll('"check"', '"review"')
        .replaceAll('"tell"', '"other"')
        .replace('提醒审核人', '改名'),
    );
    const rows = suggestMapping(before, renamed);
    const to = (id: string) => rows.find((row) => row.from.id === id)?.to;
    expect(to('sign')).toBe('sign');
    expect(to('check')).toBe('review');
    expect(to('tell')).toBeNull();
    expect(mappingOf(rows)).not.toHaveProperty('tell');
    expect(mappingOf(rows)['check']).toBe('review');
  });

  it('offers only steps of the same kind', () => {
    const check = before.find((node) => node.id === 'check');
    expect(
      check &&
        candidatesFor(check, before)
          .map((node) => node.id)
          .sort(),
    ).toEqual(['check', 'sign']);
  });
});
