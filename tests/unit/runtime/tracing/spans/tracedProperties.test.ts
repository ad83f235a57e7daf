import { SamplingDecision } from '@opentelemetry/sdk-trace';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { traced } from '../../../../../runtime/src/tracing/spans/traced.ts';
import { fixedSampler, SpanRecorder } from '../../../../support/spanRecorder.ts';

let recorder: SpanRecorder | undefined;

afterEach(() => {
  recorder?.stop();
});

type Providing = 'no provider' | 'sampled' | 'unsampled';
const providing = fc.constantFrom<Providing>('no provider', 'sampled', 'unsampled');

function provide(kind: Providing): SpanRecorder | undefined {
  recorder?.stop();
  const decision = kind === 'sampled' ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD;
  recorder = kind === 'no provider' ? undefined : new SpanRecorder({ sampler: fixedSampler(decision) });
  return recorder;
}

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withSet: true,
});

/** What a call came to. */
type Outcome = readonly ['returned' | 'threw' | 'resolved' | 'rejected', unknown];

function outcomeOf(call: () => unknown): Outcome {
  try {
    return ['returned', call()];
  } catch (error) {
    return ['threw', error];
  }
}

async function settledOutcomeOf(call: () => unknown): Promise<Outcome> {
  const outcome = outcomeOf(call);
  if (!(outcome[1] instanceof Promise)) return outcome;
  return outcome[1].then(
    (value): Outcome => ['resolved', value],
    (error: unknown): Outcome => ['rejected', error],
  );
}

/** A function of each kind that ends as it is told, and what it was called with. */
function scripted(kind: string, ends: boolean, value: unknown) {
  const received: unknown[] = [];
  const end = (self: unknown, args: unknown[]): unknown => {
    received.push(self, ...args);
    if (ends) return value;
    throw value;
  };
  const kinds: Record<string, (this: unknown, ...args: unknown[]) => unknown> = {
    plain(this: unknown, ...args: unknown[]) {
      return end(this, args);
    },
    async async(this: unknown, ...args: unknown[]) {
      await Promise.resolve();
      return end(this, args);
    },
    promising(this: unknown, ...args: unknown[]) {
      return Promise.resolve().then(() => end(this, args));
    },
  };
  const fn = kinds[kind];
  if (fn === undefined) throw new Error(`there is no kind ${kind}`);
  return { fn, received };
}

describe('a traced function, compared to the one it traces', () => {
  it('is called with the same, and ends the same, whatever that is', async () => {
    await fc.assert(
      fc.asyncProperty(
        providing,
        fc.constantFrom('plain', 'async', 'promising'),
        fc.boolean(),
        anything,
        anything,
        fc.array(anything, { maxLength: 4 }),
        async (provider, kind, ends, value, self, args) => {
          const seen = provide(provider);
          const bare = scripted(kind, ends, value);
          const spanned = scripted(kind, ends, value);
          const fn = traced(spanned.fn, { arguments: true, reveal: ['0'], result: (result) => ({ result }) });
          const expected = await settledOutcomeOf(() => Reflect.apply(bare.fn, self, args));
          const outcome = await settledOutcomeOf(() => Reflect.apply(fn, self, args));
          expect(outcome[0]).toBe(expected[0]);
          expect(Object.is(outcome[1], expected[1])).toBe(true);
          expect(spanned.received.length).toBe(bare.received.length);
          expect(spanned.received.every((item, index) => Object.is(item, bare.received[index]))).toBe(true);
          expect(seen?.ended.length ?? 0).toBe(provider === 'sampled' ? 1 : 0);
          expect(seen?.problems ?? []).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('has the same name, length and properties, also those that come later', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.nat(20),
        fc.dictionary(fc.string(), anything),
        fc.dictionary(fc.string(), anything),
        (name, length, properties, later) => {
          const fn = Object.assign(() => undefined, {});
          Object.defineProperties(fn, { name: { value: name }, length: { value: length } });
          Object.defineProperties(
            fn,
            Object.getOwnPropertyDescriptors({ ...properties, name: undefined, length: undefined }),
          );
          const spanned = traced(fn);
          Object.defineProperties(spanned, Object.getOwnPropertyDescriptors(later));
          expect(Object.getOwnPropertyDescriptors(spanned)).toEqual(Object.getOwnPropertyDescriptors(fn));
          expect(Reflect.ownKeys(spanned)).toEqual(Reflect.ownKeys(fn));
        },
      ),
    );
  });
});

interface Step {
  readonly method: 'next' | 'return' | 'throw';
  readonly value: unknown;
}

const step: fc.Arbitrary<Step> = fc.record({
  method: fc.constantFrom('next', 'next', 'next', 'return', 'throw'),
  value: anything,
});

interface Body {
  readonly yields: readonly unknown[];
  readonly catches: boolean;
  readonly cleansUp: boolean;
  readonly throws: boolean;
}

const body: fc.Arbitrary<Body> = fc.record({
  yields: fc.array(anything, { maxLength: 3 }),
  catches: fc.boolean(),
  cleansUp: fc.boolean(),
  throws: fc.boolean(),
});

function* generate({ yields, catches, cleansUp, throws }: Body, log: unknown[]): Generator<unknown, unknown, unknown> {
  try {
    for (const value of yields) log.push(yield value);
    if (throws) throw new RangeError('thrown');
    return 'returned';
  } catch (error) {
    log.push(error);
    if (!catches) throw error;
    return yield 'caught';
  } finally {
    if (cleansUp) log.push(yield 'cleaning');
  }
}

async function* generateAsync(given: Body, log: unknown[]): AsyncGenerator<unknown, unknown, unknown> {
  await Promise.resolve();
  return yield* generate(given, log);
}

function take(generator: Generator | AsyncGenerator, { method, value }: Step): unknown {
  const fn: unknown = Reflect.get(generator, method);
  if (typeof fn !== 'function') throw new TypeError(`there is no ${method}`);
  return Reflect.apply(fn, generator, [value]);
}

describe('a traced generator, compared to the one it traces', () => {
  const tracedGenerate = traced(generate);
  const tracedGenerateAsync = traced(generateAsync);

  it('takes the same steps to the same ends, in one span at most', () => {
    fc.assert(
      fc.property(providing, body, fc.array(step, { maxLength: 8 }), (provider, given, steps) => {
        const seen = provide(provider);
        const logs: [unknown[], unknown[]] = [[], []];
        const bare = generate(given, logs[0]);
        const spanned = tracedGenerate(given, logs[1]);
        for (const each of steps) {
          expect(outcomeOf(() => take(spanned, each))).toEqual(outcomeOf(() => take(bare, each)));
        }
        const isBegun = steps[0]?.method === 'next';
        bare.return(undefined);
        const isOver = bare.next().done === true;
        spanned.return(undefined);
        spanned.next();
        expect(logs[1]).toEqual(logs[0]);
        expect(seen?.ended.length ?? 0).toBe(provider === 'sampled' && isBegun && isOver ? 1 : 0);
        expect(seen?.problems ?? []).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('takes the same steps asynchronously, asked for one after the other or at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        providing,
        body,
        fc.array(step, { maxLength: 6 }),
        fc.boolean(),
        async (provider, given, steps, atOnce) => {
          const seen = provide(provider);
          const logs: [unknown[], unknown[]] = [[], []];
          const bare = generateAsync(given, logs[0]);
          const spanned = tracedGenerateAsync(given, logs[1]);
          expect(await takeAll(spanned, steps, atOnce)).toEqual(await takeAll(bare, steps, atOnce));
          expect(logs[1]).toEqual(logs[0]);
          expect(seen?.ended.length ?? 0).toBeLessThanOrEqual(provider === 'sampled' ? 1 : 0);
          expect(seen?.problems ?? []).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });
});

async function takeAll(generator: AsyncGenerator, steps: readonly Step[], atOnce: boolean): Promise<Outcome[]> {
  if (atOnce) return Promise.all(steps.map((each) => settledOutcomeOf(() => take(generator, each))));
  const outcomes: Outcome[] = [];
  for (const each of steps) outcomes.push(await settledOutcomeOf(() => take(generator, each)));
  return outcomes;
}
