// @spec S2.5
import { SpanStatusCode, trace } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordException } from '../../../../../runtime/src/tracing/spans/recordException.ts';
import { withSpan } from '../../../../../runtime/src/tracing/spans/withSpan.ts';
import { SpanRecorder } from '../../../../support/spanRecorder.ts';

let recorder: SpanRecorder;

beforeEach(() => {
  recorder = new SpanRecorder();
});

afterEach(() => {
  recorder.stop();
});

/** The stack trace that is recorded of what was thrown, its frames left out. */
function stacktraceOf(thrown: unknown): string[] | undefined {
  withSpan('work', () => recordException(thrown));
  const stack: unknown = recorder.ended.at(-1)?.events[0]?.attributes?.['exception.stacktrace'];
  return typeof stack === 'string' ? stack.split('\n').filter((line) => !line.startsWith('    at ')) : undefined;
}

function chain(length: number): Error {
  let error = new Error(`${length}`);
  for (let index = length - 1; index >= 1; index -= 1) error = new Error(`${index}`, { cause: error });
  return error;
}

describe('recordException', () => {
  it('adds an exception event to the active span and leaves its status alone', () => {
    const error = new TypeError('handled');
    withSpan('work', () => recordException(error));
    const { events, status, attributes } = recorder.only;
    expect(events).toMatchObject([
      {
        name: 'exception',
        attributes: {
          'exception.type': 'TypeError',
          'exception.message': 'handled',
          'exception.stacktrace': error.stack,
        },
      },
    ]);
    expect({ status, attributes }).toEqual({ status: { code: SpanStatusCode.UNSET }, attributes: {} });
  });

  it('sets the status where it is asked to', () => {
    withSpan('work', () => recordException(new TypeError('fatal'), { setStatus: true }));
    const { status, attributes } = recorder.only;
    expect({ status, attributes }).toEqual({
      status: { code: SpanStatusCode.ERROR, message: 'fatal' },
      attributes: { 'error.type': 'TypeError' },
    });
  });

  it('takes another span than the active one, and more attributes', () => {
    withSpan('outer', (outer) => {
      withSpan('inner', () => recordException('text', { span: outer, attributes: { retry: 2, body: { token: 'x' } } }));
    });
    expect(recorder.ended.map(({ name, events }) => ({ name, attributes: events[0]?.attributes }))).toEqual([
      { name: 'inner', attributes: undefined },
      {
        name: 'outer',
        attributes: {
          'exception.type': 'string',
          'exception.message': 'text',
          retry: 2,
          body: '{"token":"[redacted]"}',
        },
      },
    ]);
  });

  it('does nothing outside a span, nor on one that has ended', () => {
    recordException(new Error('nowhere'));
    const span = withSpan('work', (active) => active);
    recordException(new Error('late'), { span });
    expect(recorder.only.events).toEqual([]);
    expect(recorder.problems).toEqual([]);
  });

  it('shows the stack of an error that came out of a span inside only there', () => {
    const error = new Error('inside');
    withSpan('outer', () => {
      try {
        withSpan('inner', () => {
          throw error;
        });
      } catch (thrown) {
        recordException(thrown);
      }
    });
    expect(recorder.ended.map(({ events }) => events.map(({ attributes }) => Object.keys(attributes ?? {})))).toEqual([
      [['exception.type', 'exception.message', 'exception.stacktrace']],
      [['exception.type', 'exception.message']],
    ]);
  });

  it('never throws, whatever the span does', () => {
    const span = trace.wrapSpanContext({ traceId: '', spanId: '', traceFlags: 0 });
    span.isRecording = () => true;
    span.addEvent = () => {
      throw new Error('broken span');
    };
    recordException(new Error('x'), { span });
    expect(recorder.problems).toMatchObject([
      ['@tracewright/runtime: an exception could not be recorded', { message: 'broken span' }],
    ]);
  });
});

describe('the stack trace that is recorded', () => {
  it('goes on with the causes', () => {
    const error = new RangeError('outer', { cause: new TypeError('middle', { cause: 'text' }) });
    expect(stacktraceOf(error)).toEqual([
      'RangeError: outer',
      'Caused by: TypeError: middle',
      'Caused by: string: text',
    ]);
  });

  it('shows 5 causes at most and says that there are more', () => {
    const heads = (count: number): string[] => [
      'Error: 1',
      ...Array.from({ length: count }, (_, index) => `Caused by: Error: ${index + 2}`),
    ];
    expect(stacktraceOf(chain(6))).toEqual(heads(5));
    expect(stacktraceOf(chain(7))).toEqual([...heads(5), 'Caused by: [further causes]']);
  });

  it('ends where the chain comes back to itself', () => {
    const first = new Error('first');
    const second = new Error('second', { cause: first });
    first.cause = second;
    expect(stacktraceOf(first)).toEqual([
      'Error: first',
      'Caused by: Error: second',
      'Caused by: [one of the above] Error: first',
    ]);
  });

  it('shows the first 5 errors of an AggregateError', () => {
    const errors = Array.from({ length: 7 }, (_, index) => new Error(`${index}`));
    expect(stacktraceOf(new AggregateError(errors, 'all failed'))).toEqual([
      'AggregateError: all failed',
      ...[0, 1, 2, 3, 4].map((index) => `[${index + 1} of 7] Error: ${index}`),
      '[2 further errors]',
    ]);
    expect(stacktraceOf(new Error('outer', { cause: new AggregateError([null, errors[0]], 'both') }))).toEqual([
      'Error: outer',
      'Caused by: AggregateError: both',
      '[1 of 2] null: null',
      '[2 of 2] Error: 0',
    ]);
  });

  it('is cut at 16,384 characters', () => {
    const error = new Error('long');
    error.stack = `Error: long\n${'x'.repeat(10_000_000)}`;
    const [head, rest] = stacktraceOf(error) ?? [];
    expect([head, `${head}\n${rest}`.length]).toEqual(['Error: long', 16_384]);
  });

  it('is missing where there is none to show', () => {
    expect(stacktraceOf('text')).toBeUndefined();
    expect(stacktraceOf({ message: 'odd' })).toBeUndefined();
    expect(stacktraceOf(undefined)).toBeUndefined();
    expect(stacktraceOf({ message: 'odd', cause: new Error('real') })).toEqual([
      'Object: odd',
      'Caused by: Error: real',
    ]);
  });

  it('survives errors that cannot be read', () => {
    const hostile = new Proxy(new AggregateError([], 'x'), {
      get: (_, key) => {
        if (key === 'cause') return hostile;
        throw new Error(`${String(key)} was read`);
      },
    });
    const revoked = Proxy.revocable([], {});
    revoked.revoke();
    const aggregate = Object.assign(new AggregateError([], 'x'), { errors: revoked.proxy });
    expect(stacktraceOf(aggregate)).toEqual(['AggregateError: x']);
    expect(stacktraceOf(hostile)).toEqual(['object: proxy', 'Caused by: [one of the above] object: proxy']);
  });
});
