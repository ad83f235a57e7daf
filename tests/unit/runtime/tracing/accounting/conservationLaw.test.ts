// @spec S2.1
import type { Span } from '@opentelemetry/api';
import { type Sampler, SamplingDecision } from '@opentelemetry/sdk-trace';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SpanCounts } from '../../../../../runtime/src/tracing/accounting/spanLedger.ts';
import { settle } from '../../../../support/fakeHost.ts';
import { BEHAVIOURS, NastyTransport } from './support/nastyTransport.ts';
import { TestedProcessor } from './support/testedProcessor.ts';

const LIMITS = {
  maxQueueSize: 7,
  maxExportBatchSize: 3,
  scheduledDelayMillis: 500,
  exportTimeoutMillis: 2000,
  maxQueueBytes: 12_000,
};
const SHUTDOWN_MILLIS = 3000;

/** Every third span is recorded without being sampled. */
function samplerOfTwoThirds(): Sampler {
  let asked = 0;
  return {
    shouldSample: () => {
      asked += 1;
      return { decision: asked % 3 === 0 ? SamplingDecision.RECORD : SamplingDecision.RECORD_AND_SAMPLED };
    },
  };
}

/** A run of the processor, with what the test itself counts. */
class Run {
  readonly tested = new TestedProcessor({
    transport: new NastyTransport(),
    limits: LIMITS,
    sampler: samplerOfTwoThirds(),
  });
  readonly open: Span[] = [];
  ended = 0;
  flushesBegun = 0;
  flushesOver = 0;

  start(characters: number): void {
    this.open.push(this.tested.startSpan('span').setAttribute('text', 'x'.repeat(characters)));
  }

  end(): void {
    const span = this.open.shift();
    if (span === undefined) return;
    span.end();
    this.ended += 1;
  }

  flush(): void {
    this.flushesBegun += 1;
    void this.tested.processor.forceFlush().then(() => (this.flushesOver += 1));
  }

  shutDown(): Promise<void> {
    return this.tested.processor.shutdown(SHUTDOWN_MILLIS);
  }

  /** The law, and the bounds. */
  check(): void {
    const { tested } = this;
    const { created, exported, dropped, queued, inFlight, unsampled, trimmed } = tested.counts;
    expect(exported + sum(dropped) + queued + inFlight).toBe(created);
    expect(created + unsampled).toBe(this.ended);
    expect(queued).toBeLessThanOrEqual(LIMITS.maxQueueSize);
    expect(inFlight).toBeLessThanOrEqual(LIMITS.maxExportBatchSize);
    expect(tested.transport.longestBatch).toBeLessThanOrEqual(LIMITS.maxExportBatchSize);
    expect(trimmed).toBeLessThanOrEqual(exported);
    for (const count of [created, exported, queued, inFlight, ...Object.values(dropped)]) {
      expect(count).toBeGreaterThanOrEqual(0);
    }
  }
}

function sum(dropped: SpanCounts['dropped']): number {
  return Object.values(dropped).reduce((total, count) => total + count, 0);
}

type Step = (run: Run) => void | Promise<void>;

/** A step, shown by its name when the property fails. */
function step(name: string, take: Step): Step {
  return Object.assign(take.bind(undefined), { [fc.toStringMethod]: () => name });
}

const steps = fc.oneof(
  {
    arbitrary: fc.integer({ min: 0, max: 4000 }).map((size) => step(`start ${size}`, (run) => run.start(size))),
    weight: 5,
  },
  { arbitrary: fc.constant(step('end', (run) => run.end())), weight: 6 },
  {
    arbitrary: fc.integer({ min: 2, max: 10 }).map((count) =>
      step(`burst of ${count}`, (run) => {
        for (let span = 0; span < count; span += 1) {
          run.start(1);
          run.end();
          run.check();
        }
      }),
    ),
    weight: 3,
  },
  {
    arbitrary: fc
      .constantFrom(0, 1, 10, 499, 500, 1000, 2000, 5000)
      .map((millis) => step(`advance ${millis}`, (run) => run.tested.host.advance(millis))),
    weight: 6,
  },
  { arbitrary: fc.constant(step('turn', (run) => run.tested.eventLoop.turn())), weight: 6 },
  { arbitrary: fc.constant(step('settle', () => settle())), weight: 6 },
  { arbitrary: fc.constant(step('flush', (run) => run.flush())), weight: 2 },
  { arbitrary: fc.constant(step('answer', (run) => run.tested.transport.answerWaiting())), weight: 4 },
  {
    arbitrary: fc.constantFrom(...BEHAVIOURS).map((behaviour) =>
      step(`transport ${behaviour}`, (run) => {
        run.tested.transport.behaviour = behaviour;
      }),
    ),
    weight: 8,
  },
  {
    arbitrary: fc.constant(step('transport does not close', (run) => void (run.tested.transport.closesWell = false))),
    weight: 1,
  },
  { arbitrary: fc.constant(step('send now', (run) => run.tested.processor.sendNow())), weight: 1 },
  { arbitrary: fc.constant(step('abandon', (run) => run.tested.processor.abandon())), weight: 1 },
  { arbitrary: fc.constant(step('shut down', (run) => void run.shutDown())), weight: 1 },
);

describe('the law created = exported + dropped + queued + in flight', () => {
  it('holds after every step, whatever the transport does; a shutdown leaves nothing behind and is over in time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { maxLength: 80 }), async (taken) => {
        const run = new Run();
        for (const take of taken) {
          await take(run);
          run.check();
        }
        let isOver = false;
        void run.shutDown().then(() => (isOver = true));
        for (let millis = 0; millis <= SHUTDOWN_MILLIS; millis += 100) {
          await run.tested.advance(100);
          run.check();
        }
        expect(isOver).toBe(true);
        expect(run.flushesOver).toBe(run.flushesBegun);
        expect(run.tested.counts).toMatchObject({ queued: 0, inFlight: 0 });
        while (run.open.length > 0) run.end();
        run.tested.transport.answerWaiting();
        await settle();
        run.check();
        expect(run.tested.counts).toMatchObject({ queued: 0, inFlight: 0 });
      }),
      { numRuns: 300 },
    );
  });

  it('tells of every lost span exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { maxLength: 60 }), async (taken) => {
        const run = new Run();
        for (const take of taken) await take(run);
        void run.shutDown();
        await run.tested.advance(SHUTDOWN_MILLIS * 0.9);
        await run.tested.advance(SHUTDOWN_MILLIS);
        await run.tested.turn();
        for (let minute = 0; minute < 3; minute += 1) await run.tested.advance(60_000);
        const told = run.tested.errors.reduce(
          (total, error) => total + ('spanCount' in error ? Number(error.spanCount) : 0),
          0,
        );
        expect(told).toBe(sum(run.tested.counts.dropped));
        expect(run.tested.host.timerCount).toBe(0);
      }),
      { numRuns: 200 },
    );
  });
});
