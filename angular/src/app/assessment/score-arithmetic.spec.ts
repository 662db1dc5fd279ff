import { pointsError, roundHalfUp, ruledTotal, weightSum, weightedTotal } from './score-arithmetic';

describe('score arithmetic', () => {
  const indicators = [
    { weight: 60, maxPoints: 10 },
    { weight: 40, maxPoints: 20 },
  ];

  it('weights points by their share of the maximum', () => {
    expect(weightedTotal(indicators, [8, 16])).toBe(80);
    expect(weightedTotal(indicators, [9, 19])).toBe(92);
  });

  it('counts what is not scored yet as nothing', () => {
    expect(weightedTotal(indicators, [7.5, null])).toBe(45);
    expect(weightedTotal(indicators, [])).toBe(0);
  });

  it('puts ruled points in the place of what the assessors gave, and takes the mean', () => {
    const sheets = [{ points: [8, 16] }, { points: [9, 18] }];
    expect(ruledTotal(indicators, sheets, [null, null])).toBe(85);
    expect(ruledTotal(indicators, sheets, [null, 19.5])).toBe(90);
    expect(ruledTotal(indicators, sheets, [0, 0])).toBe(0);
    expect(ruledTotal(indicators, [], [1, 1])).toBe(0);
  });

  it('adds weights without binary noise', () => {
    expect(weightSum([33.33, 66.67])).toBe(100);
    expect(weightSum([0.1, 0.2, null])).toBe(0.3);
  });

  it('rounds halves up', () => {
    expect(roundHalfUp(1.005)).toBe(1.01);
    expect(roundHalfUp(2.675)).toBe(2.68);
  });

  it('tells range from step', () => {
    expect(pointsError(null, 10)).toBeNull();
    expect(pointsError(9.5, 10)).toBeNull();
    expect(pointsError(10.5, 10)).toBe('range');
    expect(pointsError(-0.5, 10)).toBe('range');
    expect(pointsError(Number.NaN, 10)).toBe('range');
    expect(pointsError(3.3, 10)).toBe('step');
  });
});
