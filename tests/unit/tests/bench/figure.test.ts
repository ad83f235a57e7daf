import { expect, test } from 'vitest';
import { atMost, median } from '../../../bench/figure.ts';

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[7], 7],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

test('no values have no median', () => {
  expect(() => median([])).toThrow(new RangeError('no values have no median'));
});

test('a figure is met by its median, not by its best run', () => {
  expect(atMost('up', [10, 30, 25], 20, 's')).toEqual({
    name: 'up',
    value: 25,
    unit: 's',
    goal: '<= 20 s',
    ok: false,
    runs: [10, 30, 25],
  });
});
