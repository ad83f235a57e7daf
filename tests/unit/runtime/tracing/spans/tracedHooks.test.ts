import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { traced } from '../../../../../runtime/src/tracing/spans/traced.ts';
import { SpanRecorder, turn } from '../../../../support/spanRecorder.ts';

let recorder: SpanRecorder;

beforeEach(() => {
  recorder = new SpanRecorder();
});

afterEach(() => {
  recorder.stop();
});

/** What a call is worth whose hook is one that no type checker would let through. */
function calledWith(hook: string, answer: () => unknown): unknown {
  const fn: unknown = Reflect.apply(traced, undefined, [() => 1, { [hook]: answer }]);
  return typeof fn === 'function' ? Reflect.apply(fn, undefined, []) : expect.fail('no function');
}

describe('a hook that returns a promise', () => {
  const refused = { name: 'TypeError', message: 'hooks must be synchronous, and this one returned a promise' };

  it.each([
    ['name', 'the name of a span could not be computed'],
    ['attributes', 'attributes of a span could not be computed'],
    ['links', 'the links of a span could not be computed'],
    ['result', 'attributes of a span could not be computed'],
  ])('is told of, and its rejection is not left unhandled: %s', async (hook, problem) => {
    // A rejection that nobody handles would fail the run of the tests, as it would end the application.
    expect(calledWith(hook, async () => Promise.reject(new Error('later')))).toBe(1);
    await turn();
    expect(recorder.problems).toMatchObject([[`@tracewright/runtime: ${problem}`, refused]]);
    expect(recorder.seen).toEqual([{ name: 'anonymous' }]);
  });

  it('is told of where the promise is none of the language, which is left alone', () => {
    let asked = 0;
    const query = { then: () => (asked += 1) };
    expect(calledWith('attributes', () => query)).toBe(1);
    expect(asked).toBe(0);
    expect(recorder.problems).toMatchObject([
      ['@tracewright/runtime: attributes of a span could not be computed', refused],
    ]);
    expect(recorder.seen).toEqual([{ name: 'anonymous' }]);
  });

  it('is no attribute by the name of then', () => {
    traced('fn', () => 1, { attributes: () => ({ then: 'ship' }) })();
    expect(recorder.seen).toEqual([{ name: 'fn', attributes: { then: 'ship' } }]);
    expect(recorder.problems).toEqual([]);
  });
});
