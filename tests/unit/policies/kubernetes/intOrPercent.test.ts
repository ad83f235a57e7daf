import { describe, expect, it } from 'vitest';
import { parseIntOrPercent } from '../../../../policies/kubernetes/intOrPercent.ts';

describe('parseIntOrPercent', () => {
  it.each([
    [0, { size: 0, isPercent: false }],
    [3, { size: 3, isPercent: false }],
    ['0%', { size: 0, isPercent: true }],
    ['25%', { size: 25, isPercent: true }],
    ['150%', { size: 150, isPercent: true }],
  ])('reads %j', (value, read) => {
    expect(parseIntOrPercent(value)).toEqual(read);
  });

  it.each([undefined, null, '', '3', '%', '-1%', '2.5%', 'half', -1, 1.5, NaN, true, {}, []])(
    'reads nothing in %j',
    (value) => {
      expect(parseIntOrPercent(value)).toBeUndefined();
    },
  );
});
