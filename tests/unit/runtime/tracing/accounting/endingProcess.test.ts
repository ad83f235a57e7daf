import { describe, expect, it } from 'vitest';
import { settle } from '../../../../support/fakeHost.ts';
import { counts, heldProcessor } from './support/testedProcessor.ts';

const dropped = { queue_full: 0, oversize: 0, export_failed: 0, shutdown: 0 };

describe('sendNow', () => {
  it('sends all that waits within the call', async () => {
    const tested = heldProcessor();
    tested.transport.canSendNow = true;
    tested.transport.onSendNow = (spans) => ({ sent: spans.length - 1, dropped: { oversize: 1 }, trimmed: 1 });
    tested.spans('a', 'b', 'c', 'd', 'e');
    tested.processor.sendNow();
    expect(tested.counts).toEqual(
      counts({ created: 5, exported: 4, trimmed: 1, dropped: { ...dropped, oversize: 1 } }),
    );
    await tested.turn();
    expect(tested.transport.names).toEqual([]);
    expect(tested.errors).toMatchObject([{ reason: 'oversize', spanCount: 1 }]);
  });

  it('leaves the spans to their time where the transport has to wait for something', async () => {
    const tested = heldProcessor();
    tested.spans('a');
    tested.processor.sendNow();
    expect(tested.counts).toEqual(counts({ created: 1, queued: 1 }));
    await tested.advance(5000);
    expect(tested.transport.names).toEqual([['a']]);
  });

  it('counts what a transport that throws was given as failed', async () => {
    const tested = heldProcessor();
    tested.transport.canSendNow = true;
    tested.transport.onSendNow = () => {
      throw new Error('no socket');
    };
    tested.spans('a', 'b');
    tested.processor.sendNow();
    expect(tested.counts).toEqual(counts({ created: 2, dropped: { ...dropped, export_failed: 2 } }));
    await tested.turn();
    expect(tested.errors).toMatchObject([{ reason: 'export_failed', cause: { message: 'no socket' } }]);
  });

  it('resolves a flush of which nothing is left to send', async () => {
    const tested = heldProcessor();
    tested.transport.canSendNow = true;
    tested.spans('a', 'b', 'c', 'd');
    const flushed = tested.processor.forceFlush();
    tested.processor.sendNow();
    tested.transport.answer();
    await settle();
    await expect(flushed).resolves.toBeUndefined();
    expect(tested.counts).toEqual(counts({ created: 4, exported: 4 }));
  });
});

describe('abandon', () => {
  it('drops what waits, takes no more spans, and tells of it within the call', () => {
    const tested = heldProcessor();
    tested.spans('a', 'b');
    tested.processor.abandon();
    expect(tested.errors).toMatchObject([{ reason: 'shutdown', spanCount: 2 }]);
    tested.spans('c');
    expect(tested.counts).toEqual(counts({ created: 3, dropped: { ...dropped, shutdown: 3 } }));
  });
});
