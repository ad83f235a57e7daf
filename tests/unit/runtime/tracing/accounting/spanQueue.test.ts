import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactSpan } from '../../../../../runtime/src/tracing/accounting/compactSpan.ts';
import { type SpanBatch, SpanQueue } from '../../../../../runtime/src/tracing/accounting/spanQueue.ts';
import { spanRecorder } from './support/spanRecorder.ts';

const endedSpan = spanRecorder();
const MAX_SPANS = 5;
const MAX_BYTES = 6000;

/** A span that holds about 900 bytes and two for each character. */
function spanOf(characters: number): ReadableSpan {
  return endedSpan((span) => span.setAttribute('text', 'x'.repeat(characters)));
}

describe('SpanQueue', () => {
  it('gives spans in the order they came, within its bounds, and holds what was taken until it is released', () => {
    const step = fc.oneof(
      fc.record({ offer: fc.integer({ min: 0, max: 4000 }) }),
      fc.record({ take: fc.integer({ min: 0, max: 6 }) }),
      fc.constant({ release: true } as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const queue = new SpanQueue({ maxSpans: MAX_SPANS, maxBytes: MAX_BYTES });
        const waiting: ReadableSpan[] = [];
        const taken: SpanBatch[] = [];
        for (const given of steps) {
          if ('offer' in given) {
            const span = spanOf(given.offer);
            const fits = queue.heldBytes === 0 || queue.heldBytes + compactSpan(span) <= MAX_BYTES;
            expect(queue.offer(span)).toBe(waiting.length < MAX_SPANS && fits);
            if (waiting.length < MAX_SPANS && fits) waiting.push(span);
          } else if ('take' in given) {
            const batch = queue.take(given.take);
            expect(batch.spans).toEqual(waiting.splice(0, given.take));
            taken.push(batch);
          } else {
            const batch = taken.shift();
            if (batch !== undefined) queue.release(batch);
          }
          const held = [...waiting, ...taken.flatMap(({ spans }) => spans)];
          expect(queue.size).toBe(waiting.length);
          expect(queue.heldBytes).toBe(held.reduce((sum, span) => sum + compactSpan(span), 0));
          expect(queue.heldBytes <= MAX_BYTES || held.length === 1).toBe(true);
        }
      }),
    );
  });

  it('takes nothing when it is closed, and gives what waits', () => {
    const queue = new SpanQueue({ maxSpans: MAX_SPANS, maxBytes: MAX_BYTES });
    const span = spanOf(1);
    queue.offer(span);
    expect(queue.isClosed).toBe(false);
    queue.close();
    expect(queue.isClosed).toBe(true);
    expect(queue.offer(spanOf(1))).toBe(false);
    expect(queue.take(Infinity).spans).toEqual([span]);
  });
});
