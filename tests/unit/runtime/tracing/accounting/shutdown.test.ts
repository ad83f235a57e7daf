import { describe, expect, it } from 'vitest';
import { settle } from '../../../../support/fakeHost.ts';
import { counts, heldProcessor } from './support/testedProcessor.ts';

const dropped = { queue_full: 0, oversize: 0, export_failed: 0, shutdown: 0 };

/** Starts a shutdown and says whether it is over. */
function shutDown(tested: ReturnType<typeof heldProcessor>, timeoutMillis?: number): { isOver: boolean } {
  const state = { isOver: false };
  void tested.processor.shutdown(timeoutMillis).then(() => (state.isOver = true));
  return state;
}

describe('shutdown', () => {
  it('sends what waits, batch after batch, and closes the transport then', async () => {
    const tested = heldProcessor();
    tested.spans('a', 'b', 'c', 'd');
    const shutdown = shutDown(tested, 1000);
    tested.transport.answer();
    await settle();
    expect(tested.transport).toMatchObject({ names: [['a', 'b', 'c'], ['d']], closes: 0 });
    tested.transport.answer();
    await settle();
    expect(shutdown.isOver).toBe(true);
    expect(tested.transport.closes).toBe(1);
    expect(tested.counts).toEqual(counts({ created: 4, exported: 4 }));
    expect(tested.host.timerCount).toBe(0);
  });

  it('is over at once when nothing waits', async () => {
    const tested = heldProcessor();
    await tested.processor.shutdown();
    expect(tested.transport).toMatchObject({ names: [], closes: 1 });
  });

  it('waits for a batch that is on its way', async () => {
    const tested = heldProcessor();
    tested.spans('a', 'b', 'c');
    await tested.turn();
    const shutdown = shutDown(tested, 1000);
    await settle();
    expect(shutdown.isOver).toBe(false);
    tested.transport.answer();
    await settle();
    expect(shutdown.isOver).toBe(true);
  });

  it('drops what waits when nine tenths of its time are over, and tells the transport to stop', async () => {
    const tested = heldProcessor();
    tested.spans('a', 'b', 'c', 'd', 'e');
    const shutdown = shutDown(tested, 1000);
    await tested.advance(899);
    expect(tested.counts).toEqual(counts({ created: 5, queued: 2, inFlight: 3 }));
    await tested.advance(1);
    expect(tested.counts).toEqual(counts({ created: 5, inFlight: 3, dropped: { ...dropped, shutdown: 2 } }));
    expect(tested.transport.batches[0]?.signal.reason).toMatchObject({
      name: 'TimeoutError',
      message: 'sending the last spans took longer than 1000 ms',
    });
    tested.transport.answer({ sent: 1, dropped: { export_failed: 2 } });
    await settle();
    expect(shutdown.isOver).toBe(true);
    expect(tested.counts).toEqual(
      counts({ created: 5, exported: 1, dropped: { ...dropped, shutdown: 2, export_failed: 2 } }),
    );
  });

  it('drops what is on its way too when the transport has no answer in the end', async () => {
    const tested = heldProcessor();
    tested.spans('a', 'b', 'c', 'd');
    const shutdown = shutDown(tested, 1000);
    await tested.advance(900);
    await tested.advance(100);
    expect(shutdown.isOver).toBe(true);
    expect(tested.counts).toEqual(counts({ created: 4, dropped: { ...dropped, shutdown: 4 } }));
    expect(tested.transport.closes).toBe(1);
    expect(tested.host.timerCount).toBe(0);
    expect(tested.errors).toMatchObject([{ reason: 'shutdown', spanCount: 4 }]);
  });

  it.each([
    ['zero', 0],
    ['negative', -5],
    ['not a number', Number.NaN],
  ])('gives up at once when its time is %s', async (_case, timeoutMillis) => {
    const tested = heldProcessor();
    tested.spans('a', 'b', 'c', 'd');
    const shutdown = shutDown(tested, timeoutMillis);
    await tested.advance(0);
    await tested.advance(0);
    expect(shutdown.isOver).toBe(true);
    expect(tested.counts).toEqual(counts({ created: 4, dropped: { ...dropped, shutdown: 4 } }));
  });

  it('takes an endless time as the longest that a timer knows', async () => {
    const tested = heldProcessor({ limits: { exportTimeoutMillis: 2 ** 31 } });
    tested.spans('a');
    const shutdown = shutDown(tested, Infinity);
    await tested.advance(2 ** 31 - 1001);
    expect(tested.counts).toMatchObject({ inFlight: 1 });
    await tested.advance(1);
    await tested.advance(1000);
    expect(shutdown.isOver).toBe(true);
  });

  it('takes as long as one export when it is not told how long', async () => {
    const tested = heldProcessor({ limits: { exportTimeoutMillis: 200 } });
    tested.spans('a', 'b', 'c', 'd');
    const shutdown = shutDown(tested);
    await tested.advance(180);
    await tested.advance(20);
    expect(shutdown.isOver).toBe(true);
  });

  it('does not wait for a transport that does not close, or cannot', async () => {
    const hanging = heldProcessor();
    hanging.transport.closed = new Promise(() => undefined);
    const shutdown = shutDown(hanging, 1000);
    await hanging.advance(999);
    expect(shutdown.isOver).toBe(false);
    await hanging.advance(1);
    expect(shutdown.isOver).toBe(true);
    const failing = heldProcessor();
    failing.transport.closed = Promise.reject(new Error('Flush timeout'));
    await expect(failing.processor.shutdown(1000)).resolves.toBeUndefined();
  });

  it('happens once, however often it is called', async () => {
    const tested = heldProcessor();
    const first = tested.processor.shutdown(1000);
    expect(tested.processor.shutdown(5)).toBe(first);
    await first;
    expect(tested.processor.shutdown()).toBe(first);
    expect(tested.transport.closes).toBe(1);
  });

  it('resolves a flush that was waiting', async () => {
    const tested = heldProcessor();
    tested.spans('a', 'b', 'c', 'd', 'e');
    let isOver = false;
    void tested.processor.forceFlush().then(() => (isOver = true));
    shutDown(tested, 1000);
    await tested.advance(900);
    expect(isOver).toBe(false);
    await tested.advance(100);
    expect(isOver).toBe(true);
  });
});

describe('a span that ends after the shutdown began', () => {
  it('is created and dropped, and the loss is told', async () => {
    const tested = heldProcessor();
    const late = tested.startSpan('late');
    tested.spans('a');
    const shutdown = tested.processor.shutdown(1000);
    late.end();
    expect(tested.counts).toEqual(counts({ created: 2, inFlight: 1, dropped: { ...dropped, shutdown: 1 } }));
    tested.transport.answer();
    await shutdown;
    expect(tested.errors).toMatchObject([{ reason: 'shutdown', spanCount: 1 }]);
    tested.spans('later');
    expect(tested.counts).toEqual(counts({ created: 3, exported: 1, dropped: { ...dropped, shutdown: 2 } }));
    await tested.processor.forceFlush();
    await tested.turn();
    expect(tested.errors).toHaveLength(2);
    expect(tested.transport.names).toEqual([['a']]);
  });

  it('also when it ends within the sending of the last batch', async () => {
    const tested = heldProcessor();
    tested.transport.onSend = () => tested.spans('within');
    tested.spans('a');
    const shutdown = tested.processor.shutdown(1000);
    tested.transport.answer();
    await shutdown;
    expect(tested.counts).toEqual(counts({ created: 2, exported: 1, dropped: { ...dropped, shutdown: 1 } }));
  });
});
