// @spec S2.3
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SamplingDecision } from '@opentelemetry/sdk-trace';
import { traced } from '../../../../../runtime/src/tracing/spans/traced.ts';
import { activeName, fixedSampler, SpanRecorder, turn } from '../../../../support/spanRecorder.ts';

let recorder: SpanRecorder;
let log: unknown[];

beforeEach(() => {
  recorder = new SpanRecorder();
  log = [];
});

afterEach(() => {
  recorder.stop();
});

function* numbersOf(this: unknown, count: number): Generator<number, string, unknown> {
  try {
    for (let value = 1; value <= count; value += 1) log.push(activeName(), yield value);
    return 'done';
  } finally {
    log.push('cleaned');
  }
}
const numbers = traced(numbersOf);

async function* pagesOf(count: number): AsyncGenerator<number, string, unknown> {
  try {
    for (let page = 1; page <= count; page += 1) {
      await turn();
      log.push(activeName());
      yield page;
    }
    return 'done';
  } finally {
    await turn();
    log.push('cleaned');
  }
}
const pages = traced(pagesOf);

describe('a traced generator function', () => {
  it('has one span from the first step to the last, which every step runs in', () => {
    const generator = numbers(2);
    expect(generator.next()).toEqual({ value: 1, done: false });
    expect(activeName()).toBeUndefined();
    expect(recorder.ended).toEqual([]);
    expect(generator.next('a')).toEqual({ value: 2, done: false });
    expect(generator.next('b')).toEqual({ value: 'done', done: true });
    expect(generator.next()).toEqual({ value: undefined, done: true });
    expect(log).toEqual(['numbersOf', 'a', 'numbersOf', 'b', 'cleaned']);
    expect(recorder.seen).toEqual([{ name: 'numbersOf' }]);
  });

  it('makes the generator that the function makes', () => {
    const generator = numbers(1);
    expect(generator).toBeInstanceOf(numbersOf);
    expect(Object.getPrototypeOf(generator)).toBe(numbersOf.prototype);
    expect(generator[Symbol.iterator]()).toBe(generator);
    expect(Object.keys(generator)).toEqual([]);
    expect([generator.next.name, generator.next.length, Reflect.get(generator, Symbol.toStringTag)]).toEqual([
      'next',
      1,
      'Generator',
    ]);
  });

  it('begins its span at the first step, as a child of what is active there', () => {
    const generator = numbers(0);
    traced('consumer', () => [...generator])();
    expect(recorder.seen).toEqual([{ name: 'numbersOf', parent: 'consumer' }, { name: 'consumer' }]);
  });

  it.each([
    ['spreading', () => [...numbers(2)]],
    ['Array.from', () => Array.from(numbers(2))],
    ['iterator helpers', () => throughHelpers(numbers(2))],
    [
      'yield*',
      () => [
        ...(function* () {
          yield* numbers(2);
        })(),
      ],
    ],
    [
      'a loop',
      () => {
        const seen: number[] = [];
        for (const value of numbers(2)) seen.push(value);
        return seen;
      },
    ],
  ])('works with %s', (_what, consume) => {
    expect(consume()).toEqual([1, 2]);
    expect(recorder.names).toEqual(['numbersOf']);
  });

  it('ends its span where it is left early', () => {
    for (const value of numbers(9)) if (value === 2) break;
    const [first] = numbers(9);
    const generator = numbers(9);
    generator.next();
    expect(generator.return('enough')).toEqual({ value: 'enough', done: true });
    expect([first, log.filter((entry) => entry === 'cleaned').length]).toEqual([1, 3]);
    expect(recorder.seen).toEqual([{ name: 'numbersOf' }, { name: 'numbersOf' }, { name: 'numbersOf' }]);
  });

  it('goes on where return() does not end it', () => {
    const stubborn = traced(function* stubborn() {
      try {
        yield 1;
      } finally {
        yield 2;
      }
    });
    const generator = stubborn();
    generator.next();
    expect(generator.return(undefined)).toEqual({ value: 2, done: false });
    expect(recorder.ended).toEqual([]);
    expect(generator.next()).toEqual({ value: undefined, done: true });
    expect(recorder.names).toEqual(['stubborn']);
  });

  it('fails its span with what it throws, of itself or by throw()', () => {
    const error = new Error('spoilt');
    const generator = numbers(3);
    generator.next();
    expect(() => generator.throw(error)).toThrow(error);
    const failing = traced(function* failing() {
      yield 1;
      throw error;
    });
    expect(() => [...failing()]).toThrow(error);
    expect(recorder.seen).toMatchObject([
      { name: 'numbersOf', status: 'ERROR: spoilt', events: ['exception'] },
      { name: 'failing', status: 'ERROR: spoilt', events: ['exception'] },
    ]);
  });

  it('goes on where an error that is thrown into it is caught', () => {
    const robust = traced(function* robust() {
      try {
        yield 1;
      } catch {
        yield 2;
      }
    });
    const generator = robust();
    generator.next();
    expect(generator.throw(new Error('caught'))).toEqual({ value: 2, done: false });
    expect([...generator]).toEqual([]);
    expect(recorder.seen).toEqual([{ name: 'robust' }]);
  });

  it('has no span where it is never begun', () => {
    const error = new Error('never');
    expect(numbers(2).return('left')).toEqual({ value: 'left', done: true });
    expect(() => numbers(2).throw(error)).toThrow(error);
    const left = numbers(2);
    left.return('left');
    expect([...left]).toEqual([]);
    expect(recorder.ended).toEqual([]);
  });

  it('is not ended by asking itself for more', () => {
    const selfish = traced(function* selfish(): Generator<string> {
      try {
        generator.next();
      } catch (error) {
        yield String(error);
      }
      yield 'still here';
    });
    const generator: Generator<string> = selfish();
    expect(generator.next().value).toMatch(/already running/);
    expect(recorder.ended).toEqual([]);
    expect([...generator]).toEqual(['still here']);
    expect(recorder.seen).toEqual([{ name: 'selfish' }]);
  });

  it('leaves the steps of another generator alone', () => {
    const one = numbers(1);
    const other = numbersOf(1);
    expect(one.next.call(other)).toEqual({ value: 1, done: false });
    expect(() => one.next.call({} as typeof one)).toThrow(TypeError);
    expect(recorder.ended).toEqual([]);
  });

  it('throws at the call what the default of a parameter throws, without a span', () => {
    const picky = traced(function* picky(value: number = needed()) {
      yield value;
    });
    expect(() => picky()).toThrow('needed');
    expect([...picky(1)]).toEqual([1]);
    expect(recorder.seen).toEqual([{ name: 'picky' }]);
  });

  it('is only called where nothing is recorded', () => {
    recorder.stop();
    expect(Object.hasOwn(numbers(1), 'next')).toBe(false);
    recorder = new SpanRecorder({ sampler: fixedSampler(SamplingDecision.NOT_RECORD) });
    expect([...numbers(2)]).toEqual([1, 2]);
    recorder.stop();
    recorder = new SpanRecorder({
      sampler: {
        shouldSample: () => {
          throw new Error('out of order');
        },
        toString: () => 'failing',
      },
    });
    expect([...numbers(2)]).toEqual([1, 2]);
    expect(recorder.problems).toHaveLength(1);
  });

  it('is only called where it makes no generator after all', () => {
    const odd = Object.defineProperty(() => 7, Symbol.toStringTag, { value: 'GeneratorFunction' });
    expect(traced(odd)()).toBe(7);
    expect(recorder.ended).toEqual([]);
  });

  it('tells the result hook what it returned', () => {
    const counted = traced(numbersOf, { result: (result, [count]) => ({ result, count }) });
    expect([...counted(2)]).toEqual([1, 2]);
    expect(recorder.only.attributes).toEqual({ result: 'done', count: 2 });
  });
});

/** What `generator.map(…).toArray()` gives; the types of iterator helpers come with ES2025. */
function throughHelpers(generator: object): unknown {
  const mapped = call(generator, 'map', (value: unknown) => value);
  return typeof mapped === 'object' && mapped !== null ? call(mapped, 'toArray') : undefined;
}

function call(target: object, method: string, ...args: unknown[]): unknown {
  const fn: unknown = Reflect.get(target, method);
  return typeof fn === 'function' ? Reflect.apply(fn, target, args) : undefined;
}

function needed(): number {
  throw new Error('needed');
}

describe('a traced async generator function', () => {
  it('has one span from the first step to the last, which every step runs in', async () => {
    const seen: number[] = [];
    for await (const page of pages(2)) {
      expect(activeName()).toBeUndefined();
      seen.push(page);
    }
    expect(seen).toEqual([1, 2]);
    expect(log).toEqual(['pagesOf', 'pagesOf', 'cleaned']);
    expect(recorder.seen).toEqual([{ name: 'pagesOf' }]);
  });

  it('makes the generator that the function makes', async () => {
    const generator = pages(1);
    expect(Object.getPrototypeOf(generator)).toBe(pagesOf.prototype);
    expect(generator[Symbol.asyncIterator]()).toBe(generator);
    const step = generator.next();
    expect(Object.getPrototypeOf(step)).toBe(Promise.prototype);
    expect(await step).toEqual({ value: 1, done: false });
    expect(await generator.return('left')).toEqual({ value: 'left', done: true });
    expect(recorder.names).toEqual(['pagesOf']);
  });

  it('ends its span when a loop that is left early has cleaned up', async () => {
    for await (const page of pages(9)) if (page === 2) break;
    expect(log).toEqual(['pagesOf', 'pagesOf', 'cleaned']);
    expect(recorder.seen).toEqual([{ name: 'pagesOf' }]);
  });

  it('answers steps that are asked for at once in their order', async () => {
    const generator = pages(2);
    const steps = await Promise.all([generator.next(), generator.next(), generator.next(), generator.next()]);
    expect(steps.map(({ value }) => value)).toEqual([1, 2, 'done', undefined]);
    expect(recorder.seen).toEqual([{ name: 'pagesOf' }]);
  });

  it('fails its span with what it rejects with', async () => {
    const error = new Error('spoilt');
    const generator = pages(3);
    await generator.next();
    await expect(generator.throw(error)).rejects.toBe(error);
    await expect(generator.next()).resolves.toEqual({ value: undefined, done: true });
    expect(recorder.seen).toMatchObject([{ name: 'pagesOf', status: 'ERROR: spoilt', events: ['exception'] }]);
  });

  it('has no span where it is never begun', async () => {
    await pages(1).return('left');
    expect(recorder.ended).toEqual([]);
  });
});
