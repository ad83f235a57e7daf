import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactSpan } from '../../../../../runtime/src/tracing/accounting/compactSpan.ts';
import { type SpanBatch, SpanQueue } from '../../../../../runtime/src/tracing/accounting/spanQueue.ts';
import { spanRecorder } from './support/spanRecorder.ts';

const endedSpan = spanRecorder();
const MAX_SPANS = 5;
const MAX_BYTES = 8000;

/** A span that holds about 1,200 bytes and two for each character. */
function spanOf(characters: number): ReadableSpan {
  return endedSpan((span) => span.setAttribute('text', 'x'.repeat(characters)));
}

function bytesOf(spans: readonly ReadableSpan[]): number {
  return spans.reduce((sum, span) => sum + compactSpan(span), 0);
}

/** What a queue must be like, told in arrays. */
class Model {
  readonly waiting: ReadableSpan[] = [];
  readonly taken: SpanBatch[] = [];
  #measured = new Set<ReadableSpan>();

  /** The measured ones of those that are held. */
  get measured(): ReadableSpan[] {
    return this.#held.filter((span) => this.#measured.has(span));
  }

  measure(): number {
    for (const { spans } of this.taken) for (const span of spans) this.#measured.add(span);
    for (const [index, span] of this.waiting.entries()) {
      if (this.#measured.has(span)) continue;
      const before = bytesOf(this.measured);
      if (before > 0 && before + compactSpan(span) > MAX_BYTES) return this.waiting.splice(index).length;
      this.#measured.add(span);
    }
    return 0;
  }

  get #held(): ReadableSpan[] {
    return [...this.waiting, ...this.taken.flatMap(({ spans }) => spans)];
  }
}

const step = fc.oneof(
  fc.record({ offer: fc.integer({ min: 0, max: 5000 }) }),
  fc.record({ take: fc.integer({ min: 0, max: 6 }) }),
  fc.constant('release' as const),
  fc.constant('measure' as const),
);

describe('SpanQueue', () => {
  it('gives spans in the order they came, within its bounds, and holds what was taken until it is released', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let announced = 0;
        const queue = new SpanQueue({
          maxSpans: MAX_SPANS,
          maxBytes: MAX_BYTES,
          onUnmeasured: () => (announced += 1),
        });
        const model = new Model();
        for (const given of steps) {
          const announcedBefore = announced;
          if (given === 'measure') {
            expect(queue.measure()).toBe(model.measure());
            const held = model.measured.length;
            expect(
              queue.heldBytes <= MAX_BYTES || held === model.taken.flatMap(({ spans }) => spans).length || held === 1,
            ).toBe(true);
          } else if (given === 'release') {
            const batch = model.taken.shift();
            if (batch !== undefined) queue.release(batch);
          } else if ('take' in given) {
            const batch = queue.take(given.take);
            expect(batch.spans).toEqual(model.waiting.splice(0, given.take));
            model.taken.push(batch);
          } else {
            const span = spanOf(given.offer);
            const fits = model.waiting.length < MAX_SPANS && bytesOf(model.measured) <= MAX_BYTES;
            const isFirst = model.waiting.every((waiting) => model.measured.includes(waiting));
            expect(queue.offer(span)).toBe(fits);
            if (fits) model.waiting.push(span);
            expect(announced - announcedBefore).toBe(fits && isFirst ? 1 : 0);
          }
          expect(queue.size).toBe(model.waiting.length);
          expect(queue.heldBytes).toBe(bytesOf(model.measured));
        }
      }),
    );
  });

  it('takes nothing when it is closed, and gives what waits', () => {
    const queue = new SpanQueue({ maxSpans: MAX_SPANS, maxBytes: MAX_BYTES, onUnmeasured: () => undefined });
    const span = spanOf(1);
    queue.offer(span);
    expect(queue.isClosed).toBe(false);
    queue.close();
    expect(queue.isClosed).toBe(true);
    expect(queue.offer(spanOf(1))).toBe(false);
    expect(queue.take(Infinity).spans).toEqual([span]);
  });
});
