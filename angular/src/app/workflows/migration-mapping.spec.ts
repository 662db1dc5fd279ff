import { SAMPLE_FLOW } from './flow/sample-flow.testing';
import { candidatesFor, inOrderOfDoubt, mappingOf, suggestMapping, waitingNodes } from './migration-mapping';

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

  it('says what was renamed and what is gone, and puts first what a person has to decide', () => {
    const target = waitingNodes(
      SAMPLE_FLOW.replaceAll('"tell"', '"other"')
        .replace('提醒审核人', '通知审核人')
        .replaceAll('"fix"', '"mend"')
        .replace('name="补正"', 'name="修改"'),
    );
    const rows = suggestMapping(before, target);
    const renamed = rows.filter((row) => row.renamedTo !== null).map((row) => row.from.id);
    const gone = rows.filter((row) => row.isGone).map((row) => row.from.id);
    expect(gone).toContain('tell');
    expect(renamed).not.toContain('tell');
    const ordered = inOrderOfDoubt(rows, (id) => (id === gone.at(-1) ? 3 : 0)).map((row) => row.from.id);
    expect(ordered[0]).toBe(gone.at(-1));
    expect(ordered.slice(0, gone.length).sort()).toEqual([...gone].sort());
    expect(ordered).toHaveLength(rows.length);
    const other = suggestMapping(
      before,
      waitingNodes(SAMPLE_FLOW.replace(/(id="check"[^>]*name=")[^"]*/, '$1核验')),
    );
    expect(other.find((row) => row.from.id === 'check')).toMatchObject({
      to: 'check',
      isGone: false,
      renamedTo: '核验',
    });
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
