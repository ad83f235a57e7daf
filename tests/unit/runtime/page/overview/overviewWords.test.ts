import { describe, expect, it } from 'vitest';
import { changeText, withMissing } from '../../../../../runtime/page/src/views/overview/overviewWords.ts';

describe('the overview in words', () => {
  it.each([
    [10, 10.1, 'as before'],
    [12, 10, '+20 %'],
    [5, 10, '−50 %'],
    [30, 10, '3.0 × before'],
    [1, 0, 'none before'],
    [0, 0, 'as before'],
    [1, undefined, undefined],
    [undefined, 1, undefined],
  ])('compares %s with %s', (now, before, text) => {
    expect(changeText(now, before)).toBe(text);
  });

  const good = { severity: 'good', text: 'Well', findings: [], unknown: [] } as const;

  it('leaves a verdict as it is where every instance answered', () => {
    const verdict = { ...good, findings: [], unknown: [] };
    expect(withMissing(verdict, [{ address: 'self' }])).toBe(verdict);
  });

  it('is to be watched where an instance does not answer, whatever the others say', () => {
    const verdict = { ...good, findings: [], unknown: [] };
    expect(
      withMissing(verdict, [{ address: 'self' }, { address: '10.0.0.9', problem: 'did not answer within 2000 ms' }]),
    ).toMatchObject({
      severity: 'watch',
      text: 'To be watched: 1 thing out of the ordinary',
      findings: [
        {
          rule: 'instance-missing',
          text: 'Without 10.0.0.9: did not answer within 2000 ms. Its numbers are missing here.',
        },
      ],
    });
  });
});
