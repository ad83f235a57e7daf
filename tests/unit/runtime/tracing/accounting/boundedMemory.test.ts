import { describe, expect, it } from 'vitest';
import { settle } from '../../../../support/fakeHost.ts';
import { counts, heldProcessor } from './support/testedProcessor.ts';

const dropped = { queue_full: 0, oversize: 0, export_failed: 0, shutdown: 0 };

/** A time of spans, in milliseconds, that comes after they are started. */
const LATER = 4e12;

/** Ends a span that holds about ten thousand bytes, at so many milliseconds of its own clock where they are given. */
function endLarge(tested: ReturnType<typeof heldProcessor>, endMillis?: number): void {
  const span = tested.startSpan('large').setAttribute('text', 'x'.repeat(4400));
  span.end(endMillis === undefined ? undefined : [Math.floor(endMillis / 1000), (endMillis % 1000) * 1e6]);
}

describe('the memory of what waits and what is on its way', () => {
  it('is measured ten milliseconds after a span ended, and the newest are dropped that exceed the bound', async () => {
    const tested = heldProcessor({ limits: { maxQueueBytes: 25_000 } });
    for (let span = 0; span < 5; span += 1) endLarge(tested);
    await tested.advance(9);
    expect(tested.counts).toEqual(counts({ created: 5, queued: 5 }));
    await tested.advance(1);
    expect(tested.counts).toEqual(counts({ created: 5, queued: 2, dropped: { ...dropped, queue_full: 3 } }));
    endLarge(tested);
    await tested.advance(10);
    expect(tested.counts).toEqual(counts({ created: 6, queued: 2, dropped: { ...dropped, queue_full: 4 } }));
    await tested.turn();
    expect(tested.errors).toMatchObject([{ reason: 'queue_full', spanCount: 4 }]);
  });

  it('counts what was sent until the transport has answered', async () => {
    const tested = heldProcessor({ limits: { maxQueueBytes: 25_000, maxExportBatchSize: 2 } });
    endLarge(tested);
    endLarge(tested);
    await tested.turn();
    endLarge(tested);
    await tested.advance(10);
    expect(tested.counts).toEqual(counts({ created: 3, inFlight: 2, dropped: { ...dropped, queue_full: 1 } }));
    tested.transport.answer();
    await settle();
    endLarge(tested);
    await tested.advance(10);
    expect(tested.counts).toMatchObject({ queued: 1, exported: 2, dropped: { queue_full: 1 } });
  });

  it('lets nothing in while what is on its way exceeds the bound', async () => {
    const tested = heldProcessor({ limits: { maxQueueBytes: 9000, maxExportBatchSize: 1 } });
    endLarge(tested);
    await tested.turn();
    await tested.advance(10);
    tested.spans('small');
    expect(tested.counts).toEqual(counts({ created: 2, inFlight: 1, dropped: { ...dropped, queue_full: 1 } }));
  });

  it('may be exceeded by one span alone: the transport can trim it', async () => {
    const tested = heldProcessor({ limits: { maxQueueBytes: 1000 } });
    endLarge(tested);
    tested.spans('small');
    await tested.advance(10);
    expect(tested.counts).toEqual(counts({ created: 2, queued: 1, dropped: { ...dropped, queue_full: 1 } }));
  });

  it('is 16 KiB for each span of the queue unless another bound is given', async () => {
    const tested = heldProcessor({ limits: { maxQueueSize: 2 } });
    tested.startSpan('just fits').setAttribute('t', 'x'.repeat(15_000)).end();
    tested.startSpan('too much').setAttribute('t', 'x'.repeat(1000)).end();
    await tested.advance(10);
    expect(tested.counts).toEqual(counts({ created: 2, queued: 1, dropped: { ...dropped, queue_full: 1 } }));
  });

  it('is measured in between when the application ends spans in one go, for longer than timers may wait', () => {
    const tested = heldProcessor({ limits: { maxQueueBytes: 25_000 } });
    for (let span = 0; span < 5; span += 1) endLarge(tested, LATER + span * 12);
    expect(tested.counts).toEqual(counts({ created: 5, queued: 3, dropped: { ...dropped, queue_full: 2 } }));
  });

  it('is measured in between also when the clock is set back meanwhile', () => {
    const tested = heldProcessor({ limits: { maxQueueBytes: 25_000 } });
    for (let span = 0; span < 5; span += 1) endLarge(tested, LATER - span * 12);
    expect(tested.counts).toEqual(counts({ created: 5, queued: 3, dropped: { ...dropped, queue_full: 2 } }));
  });

  it('is measured before a flush, which then waits for what was kept', async () => {
    const tested = heldProcessor({ limits: { maxQueueBytes: 25_000 } });
    for (let span = 0; span < 4; span += 1) endLarge(tested);
    const flushed = tested.processor.forceFlush();
    expect(tested.counts).toEqual(counts({ created: 4, inFlight: 2, dropped: { ...dropped, queue_full: 2 } }));
    tested.transport.answer();
    await expect(flushed).resolves.toBeUndefined();
  });

  it('needs one timer for all spans of ten milliseconds, set outside of the request', async () => {
    const tested = heldProcessor({ limits: { maxExportBatchSize: 2 } });
    const detached: boolean[] = [];
    const { schedule } = tested.host;
    Object.assign(tested.host, {
      schedule: (callback: () => void, delayMillis: number) => {
        if (delayMillis === 10) detached.push(tested.eventLoop.isDetached);
        return schedule(callback, delayMillis);
      },
    });
    for (let batch = 0; batch < 3; batch += 1) {
      tested.spans('a', 'b');
      await tested.turn();
      tested.transport.answer();
      await settle();
    }
    expect(detached).toEqual([true]);
    await tested.advance(10);
    tested.spans('c');
    expect(detached).toEqual([true, true]);
  });
});
