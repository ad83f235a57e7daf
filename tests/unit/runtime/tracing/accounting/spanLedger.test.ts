import { describe, expect, it } from 'vitest';
import { SpanLedger } from '../../../../../runtime/src/tracing/accounting/spanLedger.ts';
import type { SendOutcome } from '../../../../../runtime/src/tracing/export/spanTransport.ts';
import { counts } from './support/testedProcessor.ts';

function ledgerWithQueued(count: number): SpanLedger {
  const ledger = new SpanLedger();
  for (let span = 0; span < count; span += 1) ledger.enqueue();
  return ledger;
}

const dropped = { queue_full: 0, oversize: 0, export_failed: 0, shutdown: 0 };

describe('SpanLedger', () => {
  it('moves spans from one state to the next', () => {
    const ledger = ledgerWithQueued(5);
    expect(ledger.snapshot()).toEqual(counts({ created: 5, queued: 5 }));
    const departure = ledger.depart(3);
    expect(ledger.snapshot()).toEqual(counts({ created: 5, queued: 2, inFlight: 3 }));
    departure.settle({ sent: 2, dropped: { oversize: 1 }, trimmed: 1 });
    expect(ledger.snapshot()).toEqual(
      counts({ created: 5, queued: 2, exported: 2, trimmed: 1, dropped: { ...dropped, oversize: 1 } }),
    );
  });

  it('counts a span that was not taken as created and dropped', () => {
    const ledger = new SpanLedger();
    ledger.refuse('queue_full');
    ledger.refuse('shutdown');
    expect(ledger.snapshot()).toEqual(counts({ created: 2, dropped: { ...dropped, queue_full: 1, shutdown: 1 } }));
  });

  it('counts unsampled spans apart', () => {
    const ledger = new SpanLedger();
    ledger.countUnsampled();
    expect(ledger.snapshot()).toEqual(counts({ unsampled: 1 }));
  });

  it('gives up what is queued, and nothing else', () => {
    const ledger = ledgerWithQueued(5);
    ledger.depart(2);
    expect(ledger.dropQueued('shutdown', 1)).toBe(1);
    expect(ledger.dropQueued('shutdown', 5)).toBe(2);
    expect(ledger.dropQueued('shutdown', 1)).toBe(0);
    expect(ledger.snapshot()).toEqual(counts({ created: 5, inFlight: 2, dropped: { ...dropped, shutdown: 3 } }));
  });

  it('lets no more depart than are queued', () => {
    const ledger = ledgerWithQueued(2);
    ledger.depart(3).settle({ sent: 3, dropped: {}, trimmed: 0 });
    expect(ledger.snapshot()).toEqual(counts({ created: 2, exported: 2 }));
  });

  it('books a departure once', () => {
    const ledger = ledgerWithQueued(2);
    const departure = ledger.depart(1);
    const first = departure.settle({ sent: 1, dropped: {}, trimmed: 0 });
    expect(departure.settle({ sent: 0, dropped: { oversize: 1 }, trimmed: 0 })).toBe(first);
    expect(ledger.snapshot()).toEqual(counts({ created: 2, exported: 1, queued: 1 }));
  });

  it('gives a snapshot that later events do not change', () => {
    const ledger = new SpanLedger();
    const before = ledger.snapshot();
    ledger.refuse('oversize');
    expect(before).toEqual(counts());
  });
});

describe('an outcome that is not whole', () => {
  const silent = (count: number): string => `the transport did not say what became of ${count} of 4 spans`;
  const cases: readonly [string, SendOutcome, object][] = [
    [
      'too few: the rest has failed',
      { sent: 1, dropped: { oversize: 1 }, trimmed: 0 },
      { exported: 1, trimmed: 0, dropped: { ...dropped, oversize: 1, export_failed: 2 }, error: new Error(silent(2)) },
    ],
    [
      'too many: losses are believed first',
      { sent: 4, dropped: { oversize: 3 }, trimmed: 2 },
      { exported: 1, trimmed: 1, dropped: { ...dropped, oversize: 3 }, error: undefined },
    ],
    [
      'more losses than spans',
      { sent: 0, dropped: { oversize: 3, export_failed: 9 }, trimmed: 0 },
      { exported: 0, trimmed: 0, dropped: { ...dropped, oversize: 3, export_failed: 1 }, error: undefined },
    ],
    [
      'numbers that count nothing',
      { sent: Number.NaN, dropped: { oversize: -1, shutdown: 0.5, export_failed: Infinity }, trimmed: -3 },
      { exported: 0, trimmed: 0, dropped: { ...dropped, export_failed: 4 }, error: new Error(silent(4)) },
    ],
    [
      'an error of its own, which is kept',
      { sent: 3, dropped: {}, trimmed: 0, error: new TypeError('not a span') },
      { exported: 3, trimmed: 0, dropped: { ...dropped, export_failed: 1 }, error: new TypeError('not a span') },
    ],
  ];

  it.each(cases)('is made whole: %s', (_case, outcome, expected) => {
    const ledger = ledgerWithQueued(4);
    expect(ledger.depart(4).settle(outcome)).toEqual(expected);
    expect(ledger.snapshot().inFlight).toBe(0);
  });

  it.each([
    ['nothing', 'null'],
    ['a number', '17'],
    ['an object without losses', '{"sent":4}'],
  ])('counts as a failed export when it is %s', (_case, json) => {
    const ledger = ledgerWithQueued(4);
    const settlement = ledger.depart(4).settle(JSON.parse(json) as SendOutcome);
    expect(settlement).toMatchObject({ exported: 0, dropped: { export_failed: 4 }, error: { name: 'TypeError' } });
    expect(ledger.snapshot()).toEqual(counts({ created: 4, dropped: { ...dropped, export_failed: 4 } }));
  });

  it('counts as a failed export when it throws what is no error', () => {
    const ledger = ledgerWithQueued(1);
    const thrown: unknown = Object.create(null);
    const settlement = ledger.depart(1).settle({
      get sent(): number {
        throw thrown;
      },
      dropped: {},
      trimmed: 0,
    });
    expect(settlement.error).toEqual(new Error('what was thrown is no error', { cause: thrown }));
  });
});
