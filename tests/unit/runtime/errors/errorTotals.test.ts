import { expect, it } from 'vitest';
import { ErrorTotals } from '../../../../runtime/src/errors/errorTotals.ts';

it('counts each kind by itself, and goes on counting in rows of its own', () => {
  const totals = new ErrorTotals();
  totals.add('network', 'high', true);
  totals.add('database', 'high', true);
  totals.add('network', 'low', true);
  totals.add('network', 'high', false);
  const before = totals.rows();
  totals.add('network', 'high', true);
  const counts = [
    { category: 'database', severity: 'high', isHandled: true, errors: 1 },
    { category: 'network', severity: 'low', isHandled: true, errors: 1 },
    { category: 'network', severity: 'high', isHandled: false, errors: 1 },
  ];
  expect(before).toEqual([{ category: 'network', severity: 'high', isHandled: true, errors: 1 }, ...counts]);
  expect(totals.rows()).toEqual([{ category: 'network', severity: 'high', isHandled: true, errors: 2 }, ...counts]);
});
