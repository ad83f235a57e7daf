import { expect, it } from 'vitest';
import { TextRedactor } from '../../../../runtime/src/core/textRedactor.ts';
import type { RequestSnapshot } from '../../../../runtime/src/requests/requestSnapshot.ts';
import { testedTracker } from './support/trackerFixture.ts';

const customers = { name: 'customer', pattern: /\bC-\d{4}\b/g };

it("takes what the application's own rules find out of all texts but IDs", () => {
  const textRedactor = new TextRedactor({ rules: [customers] });
  const { tracker } = testedTracker({}, { textRedactor });
  const told: RequestSnapshot[] = [];
  tracker.listen({ finished: (request) => void told.push(request) });
  const request = tracker.start({
    operation: 'GET /customers/C-1234',
    userId: 'C-1234',
    attributes: { who: 'C-1234', order: { of: 'C-1234' }, mail: 'ada@shop.example', total: 3 },
    onFinishing: () => ({ operation: 'PUT /customers/C-1234', attributes: { later: 'C-5678' } }),
  });
  expect(request.operation).toBe('GET /customers/[redacted]');
  request.process();
  request.fail({ type: 'C-1234 is locked' });
  expect(tracker.get(request.id)).toMatchObject({
    operation: 'PUT /customers/[redacted]',
    userId: 'C-1234',
    failure: { reason: 'error', type: '[redacted] is locked' },
    attributes: {
      who: '[redacted]',
      order: '{"of":"[redacted]"}',
      mail: 'ada@shop.example',
      total: 3,
      later: '[redacted]',
    },
  });
  expect(told).toEqual([tracker.get(request.id)]);
  expect(tracker.find({ userId: 'C-1234' }).requests).toHaveLength(1);
});

it('finds what the end of a text cuts in two', () => {
  const { tracker } = testedTracker({}, { textRedactor: new TextRedactor({ rules: [customers] }) });
  const { id } = tracker.start({ operation: 'o', attributes: { long: `${'x'.repeat(1018)} C-1234` } });
  expect(tracker.get(id)?.attributes['long']).toBe(`${'x'.repeat(1018)} [red…`);
});

it('tracks a request of which a rule throws, and lets no text of it through', () => {
  const broken = {
    ...customers,
    replace: (): string => {
      throw new Error('broken');
    },
  };
  const { tracker } = testedTracker({}, { textRedactor: new TextRedactor({ rules: [broken] }) });
  const { id } = tracker.start({ operation: 'of C-1234', attributes: { who: 'of C-1234', kind: 'gold' } });
  expect(tracker.get(id)).toMatchObject({ operation: '[redacted]', attributes: { who: '[redacted]', kind: 'gold' } });
});
