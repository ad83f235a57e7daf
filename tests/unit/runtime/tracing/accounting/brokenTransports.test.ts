import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import type { SendOutcome, SpanTransport } from '../../../../../runtime/src/tracing/export/spanTransport.ts';
import { settle } from '../../../../support/fakeHost.ts';
import { counts, heldProcessor, TestedProcessor } from './support/testedProcessor.ts';

const dropped = { queue_full: 0, oversize: 0, export_failed: 0, shutdown: 0 };

describe('an export that takes too long', () => {
  it('is aborted at its bound, and what the transport answers to that counts', async () => {
    const tested = heldProcessor();
    tested.spans('a', 'b', 'c');
    await tested.turn();
    await tested.advance(29_999);
    expect(tested.transport.batches[0]?.signal.aborted).toBe(false);
    await tested.advance(1);
    expect(tested.transport.batches[0]?.signal).toMatchObject({
      aborted: true,
      reason: { name: 'TimeoutError', message: 'the export took longer than 30000 ms' },
    });
    expect(tested.counts).toEqual(counts({ created: 3, inFlight: 3 }));
    tested.transport.answer({ sent: 1, dropped: { export_failed: 2 } });
    await settle();
    expect(tested.counts).toEqual(counts({ created: 3, exported: 1, dropped: { ...dropped, export_failed: 2 } }));
    expect(tested.eventLoop.waiting).toBe(1);
    expect(tested.host.timerCount).toBe(0);
  });

  it('has failed a second later without an answer; the next batch leaves, and a late answer changes nothing', async () => {
    const tested = heldProcessor();
    tested.spans('a', 'b', 'c', 'd', 'e', 'f');
    await tested.turn();
    await tested.advance(30_000);
    await tested.advance(999);
    expect(tested.counts).toEqual(counts({ created: 6, queued: 3, inFlight: 3 }));
    await tested.advance(1);
    expect(tested.transport.names.slice(1)).toEqual([['d', 'e', 'f']]);
    const expected = counts({ created: 6, inFlight: 3, dropped: { ...dropped, export_failed: 3 } });
    expect(tested.counts).toEqual(expected);
    tested.transport.batches[0]?.answer({ sent: 3, dropped: {}, trimmed: 0 });
    await settle();
    expect(tested.counts).toEqual(expected);
    await tested.turn();
    expect(tested.messages[0]).toMatch(
      /^3 spans were lost on the way to the agent \(export_failed\): the export took longer than 30000 ms\. /u,
    );
  });

  it('does not keep its spans alive for a transport that hangs', async () => {
    const tested = heldProcessor();
    tested.spans('a', 'b', 'c');
    await tested.turn();
    await tested.advance(30_000);
    expect(tested.transport.batches[0]?.spans).toHaveLength(3);
    await tested.advance(1000);
    expect(tested.transport.batches[0]?.spans).toHaveLength(0);
  });
});

describe('a transport', () => {
  const failed = counts({ created: 3, dropped: { ...dropped, export_failed: 3 } });

  const transports: readonly [string, (spans: readonly ReadableSpan[]) => Promise<SendOutcome>, string][] = [
    [
      'throws',
      () => {
        throw new Error('no socket');
      },
      'no socket',
    ],
    ['rejects', () => Promise.reject(new Error('no route')), 'no route'],
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- What it is about.
    ['rejects with a text', () => Promise.reject('no route'), 'no route'],
    [
      'rejects with what no text can be made of',
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- What it is about.
      () => Promise.reject(Object.create(null) as object),
      'what was thrown is no error',
    ],
    [
      'tells of fewer spans than it was given',
      () => Promise.resolve({ sent: 0, dropped: {}, trimmed: 0 }),
      'the transport did not say what became of 3 of 3 spans',
    ],
    [
      'empties the batch',
      (spans) => {
        if (Array.isArray(spans)) spans.length = 0;
        return Promise.resolve({ sent: spans.length, dropped: {}, trimmed: 0 });
      },
      'the transport did not say what became of 3 of 3 spans',
    ],
  ];

  it.each(transports)('that %s has lost its batch, and is given the next one', async (_fault, send, message) => {
    let calls = 0;
    const transport: SpanTransport = {
      destination: 'the agent',
      send: (spans) => {
        calls += 1;
        return calls === 1 ? send(spans) : Promise.resolve({ sent: spans.length, dropped: {}, trimmed: 0 });
      },
      close: () => Promise.resolve(),
    };
    const tested = new TestedProcessor({ transport });
    tested.spans('a', 'b', 'c');
    await tested.turn();
    expect(tested.counts).toEqual(failed);
    await tested.turn();
    expect(tested.errors).toMatchObject([{ reason: 'export_failed', spanCount: 3, cause: { message } }]);
    tested.spans('d');
    await tested.processor.forceFlush();
    expect(tested.counts).toEqual(counts({ ...failed, created: 4, exported: 1 }));
  });
});
