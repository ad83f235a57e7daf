import { expect, test } from 'vitest';
import { recoverySeconds } from '../../../faults/accounting/recovery.ts';

const fresh = (at: number) => ({ at, newest: at - 2000 });
const stale = (at: number) => ({ at, newest: at - 9000 });
const silent = (at: number) => ({ at, newest: undefined });

test('who never was behind and lost nothing has recovered at once', () => {
  expect(recoverySeconds(10_000, [], [fresh(9000), fresh(11_000)])).toBe(0);
});

test('recovered is the first look after the last that found only old spans', () => {
  const looks = [fresh(9000), stale(12_000), silent(13_000), stale(14_000), fresh(15_500), fresh(16_000)];
  expect(recoverySeconds(10_000, [], looks)).toBe(5.5);
});

test('not recovered are those who still lose spans', () => {
  expect(recoverySeconds(10_000, [9000, 17_000], [silent(11_000), fresh(12_000)])).toBe(7);
});

test.each([[[]], [[fresh(9000), stale(10_000)]], [[silent(9000)]]])('it was not seen in %j', (looks) => {
  expect(recoverySeconds(10_000, [], looks)).toBeUndefined();
});
