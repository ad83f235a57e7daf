import { SamplingDecision } from '@opentelemetry/sdk-trace';
import { isTracingSuppressed } from '@opentelemetry/core';
import { context, type Context } from '@opentelemetry/api';
import { StackContextManager } from '@opentelemetry/sdk-trace';
import { afterEach, describe, expect, it } from 'vitest';
import { settle } from '../../../../support/fakeHost.ts';
import { counts, heldProcessor } from './support/testedProcessor.ts';

const dropped = { queue_full: 0, oversize: 0, export_failed: 0, shutdown: 0 };

describe('a batch', () => {
  it('leaves after the scheduled delay of its first span', async () => {
    const tested = heldProcessor();
    tested.spans('a');
    await tested.advance(3000);
    tested.spans('b');
    await tested.advance(1999);
    expect(tested.transport.names).toEqual([]);
    await tested.advance(1);
    expect(tested.transport.names).toEqual([['a', 'b']]);
    expect(tested.counts).toEqual(counts({ created: 2, inFlight: 2 }));
    tested.transport.answer();
    await settle();
    expect(tested.counts).toEqual(counts({ created: 2, exported: 2 }));
    expect(tested.host.timerCount).toBe(0);
  });

  it('leaves on the next turn of the event loop when it is full, not within the call that filled it', async () => {
    const tested = heldProcessor();
    tested.spans('a', 'b', 'c', 'd');
    await settle();
    expect(tested.transport.names).toEqual([]);
    await tested.turn();
    expect(tested.transport.names).toEqual([['a', 'b', 'c']]);
    expect(tested.counts).toEqual(counts({ created: 4, inFlight: 3, queued: 1 }));
  });

  it('waits for the one before it, and leaves at once then when it is full', async () => {
    const tested = heldProcessor();
    tested.spans('a', 'b', 'c', 'd', 'e', 'f', 'g');
    await tested.turn();
    await tested.advance(6000);
    await tested.turn();
    expect(tested.transport.names).toEqual([['a', 'b', 'c']]);
    tested.transport.answer();
    await settle();
    expect(tested.transport.names.slice(1)).toEqual([['d', 'e', 'f']]);
    tested.transport.answer();
    await settle();
    expect(tested.counts).toEqual(counts({ created: 7, exported: 6, queued: 1 }));
    await tested.advance(5000);
    expect(tested.transport.names.slice(2)).toEqual([['g']]);
  });

  it('of one span leaves on the next turn when batches are of one span', async () => {
    const tested = heldProcessor({ limits: { maxExportBatchSize: 1 } });
    tested.spans('a');
    await tested.turn();
    expect(tested.transport.names).toEqual([['a']]);
  });

  it('keeps the order in which spans ended, however often the queue comes round', async () => {
    const tested = heldProcessor({ limits: { maxQueueSize: 5, maxExportBatchSize: 3 } });
    const names = Array.from({ length: 40 }, (_, index) => String(index));
    for (let first = 0; first < names.length; first += 4) {
      tested.spans(...names.slice(first, first + 4));
      void tested.processor.forceFlush();
      await settle();
      tested.transport.answer();
      await settle();
      tested.transport.answer();
      await settle();
    }
    expect(tested.transport.names.flat()).toEqual(names);
    expect(tested.counts).toEqual(counts({ created: 40, exported: 40 }));
  });

  it('that is trimmed or lost in part is counted so', async () => {
    const tested = heldProcessor();
    tested.spans('a', 'b', 'c');
    await tested.turn();
    tested.transport.answer({ sent: 2, dropped: { oversize: 1 }, trimmed: 1 });
    await settle();
    expect(tested.counts).toEqual(
      counts({ created: 3, exported: 2, trimmed: 1, dropped: { ...dropped, oversize: 1 } }),
    );
  });
});

describe('sending', () => {
  afterEach(() => {
    context.disable();
  });

  it('happens outside of the request in which a span ended, and is not traced', async () => {
    context.setGlobalContextManager(new StackContextManager());
    const tested = heldProcessor();
    const seen: { detached: boolean; context: Context }[] = [];
    tested.transport.onSend = () => seen.push({ detached: tested.eventLoop.isDetached, context: context.active() });
    tested.spans('a', 'b', 'c');
    await tested.turn();
    void tested.processor.forceFlush();
    tested.transport.answer();
    await settle();
    tested.spans('d');
    void tested.processor.forceFlush();
    expect(seen.map(({ detached, context: active }) => [detached, isTracingSuppressed(active)])).toEqual([
      [true, true],
      [true, true],
    ]);
  });
});

describe('the queue', () => {
  it('is full at its bound: the new span is dropped, those that wait are not', async () => {
    const tested = heldProcessor({ limits: { maxQueueSize: 4 } });
    tested.spans('a', 'b', 'c', 'd', 'e', 'f');
    expect(tested.counts).toEqual(counts({ created: 6, queued: 4, dropped: { ...dropped, queue_full: 2 } }));
    await tested.turn();
    expect(tested.transport.names).toEqual([['a', 'b', 'c']]);
    tested.spans('g', 'h', 'i', 'j');
    expect(tested.counts).toEqual(
      counts({ created: 10, queued: 4, inFlight: 3, dropped: { ...dropped, queue_full: 3 } }),
    );
  });
});

describe('a span that was recorded and not sampled', () => {
  it('is counted as unsampled and goes nowhere', async () => {
    const tested = heldProcessor({ sampler: { shouldSample: () => ({ decision: SamplingDecision.RECORD }) } });
    tested.spans('a', 'b', 'c');
    await tested.turn();
    await tested.advance(5000);
    expect(tested.counts).toEqual(counts({ unsampled: 3 }));
    expect(tested.transport.names).toEqual([]);
  });
});

describe('forceFlush', () => {
  it('sends everything that had ended, batch after batch, and waits for no more than that', async () => {
    const tested = heldProcessor();
    tested.spans('a', 'b', 'c', 'd');
    let isOver = false;
    void tested.processor.forceFlush().then(() => (isOver = true));
    expect(tested.transport.names).toEqual([['a', 'b', 'c']]);
    tested.spans('e');
    tested.transport.answer();
    await settle();
    expect(isOver).toBe(false);
    expect(tested.transport.names.slice(1)).toEqual([['d', 'e']]);
    tested.spans('f');
    tested.transport.answer();
    await settle();
    expect(isOver).toBe(true);
    expect(tested.counts).toEqual(counts({ created: 6, exported: 5, queued: 1 }));
  });

  it('waits for a batch that is on its way', async () => {
    const tested = heldProcessor();
    tested.spans('a', 'b', 'c');
    await tested.turn();
    let isOver = false;
    void tested.processor.forceFlush().then(() => (isOver = true));
    await settle();
    expect(isOver).toBe(false);
    tested.transport.answer();
    await settle();
    expect(isOver).toBe(true);
  });

  it('resolves at once when there is nothing to send, and also when everything is lost', async () => {
    const tested = heldProcessor();
    await expect(tested.processor.forceFlush()).resolves.toBeUndefined();
    tested.spans('a');
    const flushed = tested.processor.forceFlush();
    tested.transport.batches[0]?.reject(new Error('no route'));
    await expect(flushed).resolves.toBeUndefined();
    expect(tested.counts).toEqual(counts({ created: 1, dropped: { ...dropped, export_failed: 1 } }));
  });

  it('lets the spans after it wait for their own delay, not for what is left of an earlier one', async () => {
    const tested = heldProcessor();
    tested.spans('a');
    await tested.advance(3000);
    void tested.processor.forceFlush();
    tested.transport.answer();
    await settle();
    expect(tested.host.timerCount).toBe(0);
    tested.spans('b');
    await tested.advance(4999);
    expect(tested.transport.names).toEqual([['a']]);
    await tested.advance(1);
    expect(tested.transport.names.slice(1)).toEqual([['b']]);
  });

  it('resolves at whichever moment it is asked for while a batch comes to its end', async () => {
    for (let moment = 0; moment < 12; moment += 1) {
      const tested = heldProcessor();
      tested.spans('a');
      void tested.processor.forceFlush();
      tested.transport.answer();
      for (let tick = 0; tick < moment; tick += 1) await Promise.resolve();
      let isOver = false;
      void tested.processor.forceFlush().then(() => (isOver = true));
      await settle();
      expect(isOver).toBe(true);
    }
  });

  it('leaves later spans to their own time', async () => {
    const tested = heldProcessor();
    tested.spans('a');
    void tested.processor.forceFlush();
    tested.spans('b');
    tested.transport.answer();
    await settle();
    expect(tested.transport.names).toEqual([['a']]);
    await tested.advance(5000);
    expect(tested.transport.names.slice(1)).toEqual([['b']]);
  });
});
