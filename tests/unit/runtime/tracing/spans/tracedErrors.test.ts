// @spec S2.5
import { SpanStatusCode, trace } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordException } from '../../../../../runtime/src/tracing/spans/recordException.ts';
import { traced } from '../../../../../runtime/src/tracing/spans/traced.ts';
import { SpanRecorder } from '../../../../support/spanRecorder.ts';

let recorder: SpanRecorder;

beforeEach(() => {
  recorder = new SpanRecorder();
});

afterEach(() => {
  recorder.stop();
});

/** Calls `fn` and gives what it throws. */
function caught(fn: () => unknown): unknown {
  try {
    fn();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('what a traced function throws', () => {
  const hostile = {
    get name(): string {
      throw new Error('name was read');
    },
    get message(): string {
      throw new Error('message was read');
    },
    get stack(): string {
      throw new Error('stack was read');
    },
    get cause(): unknown {
      throw new Error('cause was read');
    },
    get constructor(): never {
      throw new Error('constructor was read');
    },
  };

  it.each([
    ['an error', new TypeError('no'), 'TypeError', 'no'],
    ['a frozen error', Object.freeze(new Error('cold')), 'Error', 'cold'],
    ['an error without a message', new RangeError(), 'RangeError', undefined],
    ['undefined', undefined, 'undefined', 'undefined'],
    ['null', null, 'null', 'null'],
    ['a string', 'plain', 'string', 'plain'],
    ['a number', 7, 'number', '7'],
    ['a BigInt', 7n, 'bigint', '7'],
    ['a symbol', Symbol('s'), 'symbol', 'Symbol(s)'],
    ['a function', () => 'secret', 'Function', 'function'],
    ['an object with a message', { message: 'odd' }, 'Object', 'odd'],
    ['an object by its shape', { password: 'secret' }, 'Object', 'object{password}'],
    ['an object that cannot be read', hostile, 'object', 'object{name, message, stack, cause, constructor}'],
    ['an object without a prototype', Object.create(null), 'object', 'object{}'],
  ])('is %s: it comes through untouched and fails the span', (_what, error: unknown, type, message) => {
    const fn = traced('fn', () => {
      throw error;
    });
    expect(caught(fn)).toBe(error);
    const { status, attributes, events } = recorder.only;
    expect(status).toEqual({ code: SpanStatusCode.ERROR, ...(message === undefined ? {} : { message }) });
    expect(attributes).toEqual({ 'error.type': type });
    expect(events.map(({ name }) => name)).toEqual(['exception']);
    expect(events[0]?.attributes?.['exception.type']).toBe(type);
    expect(events[0]?.attributes?.['exception.message']).toBe(message);
    expect(recorder.problems).toEqual([]);
  });

  it('takes the type of an error from its class where its name says no more than Error', () => {
    class PaymentRefused extends Error {}
    class Named extends Error {
      override readonly name = 'LimitError';
    }
    for (const error of [new PaymentRefused('a'), new Named('b')]) {
      caught(
        traced('fn', () => {
          throw error;
        }),
      );
    }
    expect(recorder.ended.map(({ attributes }) => attributes['error.type'])).toEqual(['PaymentRefused', 'LimitError']);
  });

  it('leaves the status unset when nothing is thrown, and OK when the application says so', () => {
    traced('quiet', () => 1)();
    caught(
      traced('content', () => {
        trace.getActiveSpan()?.setStatus({ code: SpanStatusCode.OK });
        throw new Error('expected');
      }),
    );
    expect(recorder.ended.map(({ status }) => status)).toEqual([
      { code: SpanStatusCode.UNSET },
      { code: SpanStatusCode.OK },
    ]);
  });
});

describe('the stack trace of an error', () => {
  it('has no more than three frames of the tracing between two of the application', () => {
    const error = caught(
      traced(() => {
        throw new Error('deep');
      }),
    );
    const frames = error instanceof Error ? (error.stack ?? '').split('\n') : [];
    expect(frames.filter((frame) => frame.includes('/src/tracing/spans/'))).toHaveLength(3);
    expect(frames.at(-1)).not.toContain('/src/tracing/spans/');
  });
});

describe('an error that passes several spans', () => {
  const error = new Error('deep');
  const inner = traced('inner', () => {
    throw error;
  });

  it('is recorded where it came from, and fails every span that it leaves', () => {
    caught(traced('outer', () => traced('middle', () => inner())()));
    const attributes = { 'error.type': 'Error' };
    expect(recorder.seen).toEqual([
      { name: 'inner', parent: 'middle', status: 'ERROR: deep', attributes, events: ['exception'] },
      { name: 'middle', parent: 'outer', status: 'ERROR: deep', attributes },
      { name: 'outer', status: 'ERROR: deep', attributes },
    ]);
  });

  it('is recorded again in another trace', () => {
    caught(inner);
    caught(inner);
    expect(recorder.ended.map(({ events }) => events.length)).toEqual([1, 1]);
  });

  it('leaves the span of a caller that handles it alone', () => {
    traced('outer', () => caught(inner))();
    expect(recorder.seen[1]).toEqual({ name: 'outer' });
  });

  it('is told from the others that failed beside it', async () => {
    const fail = traced('fail', async (message: string) => {
      await Promise.resolve();
      throw new Error(message);
    });
    const outer = traced('outer', async () => Promise.all([fail('a'), fail('b')]));
    await expect(outer()).rejects.toThrow('a');
    await Promise.resolve();
    expect(recorder.seen.find(({ name }) => name === 'outer')).toEqual({
      name: 'outer',
      status: 'ERROR: a',
      attributes: { 'error.type': 'Error' },
    });
  });

  it('is remembered beside those that came after it', () => {
    const other = traced('other', () => {
      throw new Error('later');
    });
    const outer = traced('outer', () => {
      const first = caught(inner);
      caught(other);
      throw first;
    });
    expect(caught(outer)).toBe(error);
    expect(recorder.ended.map(({ events }) => events.length)).toEqual([1, 1, 0]);
  });

  it('is another error once it is wrapped: that one is recorded too', () => {
    caught(
      traced('outer', () => {
        throw new Error('wrapped', { cause: caught(inner) });
      }),
    );
    expect(recorder.ended.map(({ events }) => events.length)).toEqual([1, 1]);
    expect(recorder.ended[1]?.events[0]?.attributes?.['exception.stacktrace']).toContain('Caused by: Error: deep');
  });

  it('is recorded once where the application records it and throws it on', () => {
    caught(
      traced('fn', () => {
        recordException(error);
        throw error;
      }),
    );
    expect(recorder.seen).toMatchObject([{ events: ['exception'], status: 'ERROR: deep' }]);
  });

  it('is a value of no identity when it is no object: it is recorded at every span', () => {
    caught(
      traced('outer', () =>
        traced('inner', () => {
          // eslint-disable-next-line @typescript-eslint/only-throw-error -- what is tested
          throw 'text';
        })(),
      ),
    );
    expect(recorder.ended.map(({ events }) => events.length)).toEqual([1, 1]);
  });
});
