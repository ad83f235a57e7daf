import { describe, expect, it } from 'vitest';
import { settle } from '../../../../support/fakeHost.ts';
import { heldMemory } from '../../../../support/heldMemory.ts';
import { heldProcessor } from './support/testedProcessor.ts';

const MEBIBYTE = 2 ** 20;
const EXCEEDING = 'exceeded the bound';

type Tested = ReturnType<typeof heldProcessor>;

function endLarge(tested: Tested, count: number): void {
  for (let span = 0; span < count; span += 1) {
    tested.startSpan('large').setAttribute('text', `${span} `.repeat(MEBIBYTE).slice(0, MEBIBYTE)).end();
  }
}

describe('the memory of spans', () => {
  const ways: readonly [string, (tested: Tested) => Promise<void>][] = [
    [
      'were sent',
      async (tested) => {
        endLarge(tested, 16);
        const flushed = tested.processor.forceFlush();
        tested.transport.answer();
        await flushed;
        tested.transport.batches.length = 0;
      },
    ],
    [
      'were given to a transport that hangs',
      async (tested) => {
        endLarge(tested, 16);
        void tested.processor.forceFlush();
        await tested.advance(30_000);
        await tested.advance(1000);
      },
    ],
    [
      EXCEEDING,
      async (tested) => {
        endLarge(tested, 16);
        await tested.advance(10);
      },
    ],
    [
      'waited when a shutdown gave up',
      async (tested) => {
        endLarge(tested, 1);
        void tested.processor.forceFlush();
        endLarge(tested, 15);
        void tested.processor.shutdown(0);
        await tested.advance(0);
        await tested.advance(0);
      },
    ],
    [
      'were sent by a process that ends',
      async (tested) => {
        tested.transport.canSendNow = true;
        endLarge(tested, 16);
        tested.processor.sendNow();
        await settle();
      },
    ],
    [
      'waited when the process was about to end',
      async (tested) => {
        endLarge(tested, 16);
        tested.processor.abandon();
        await settle();
      },
    ],
  ];

  it.each(ways)('is let go of when they %s', async (way, live) => {
    const maxQueueBytes = (way === EXCEEDING ? 3 : 100) * MEBIBYTE;
    const tested = heldProcessor({ limits: { maxQueueSize: 16, maxExportBatchSize: 16, maxQueueBytes } });
    const bytes = await heldMemory(() => live(tested));
    // Sixteen of them hold as many mebibytes.
    expect(bytes).toBeLessThan(4 * MEBIBYTE);
    expect(tested.counts.created).toBeGreaterThan(0);
  });
});
