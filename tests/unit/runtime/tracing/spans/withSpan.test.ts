// @spec S2.3
import { SpanKind, trace } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withSpan } from '../../../../../runtime/src/tracing/spans/withSpan.ts';
import { activeName, fixedSampler, SpanRecorder, turn } from '../../../../support/spanRecorder.ts';

let recorder: SpanRecorder;

beforeEach(() => {
  recorder = new SpanRecorder();
});

afterEach(() => {
  recorder.stop();
});

describe('withSpan', () => {
  it('does the work in a new span and returns what it returns', () => {
    const value = {};
    const result = withSpan('outer', (span) => {
      span.setAttribute('set', true);
      expect(trace.getActiveSpan()).toBe(span);
      return withSpan('inner', () => value);
    });
    expect(result).toBe(value);
    expect(activeName()).toBeUndefined();
    expect(recorder.seen).toEqual([
      { name: 'inner', parent: 'outer' },
      { name: 'outer', attributes: { set: true } },
    ]);
  });

  it('takes kind, attributes, links and root', () => {
    const link = { context: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 } };
    const options = { kind: SpanKind.CLIENT, attributes: { host: 'a', odd: 1n }, links: [link], root: true };
    withSpan('outer', () => withSpan('inner', options, () => undefined));
    expect(recorder.seen).toEqual([
      { name: 'inner', kind: 'CLIENT', attributes: { host: 'a', odd: '1' } },
      { name: 'outer' },
    ]);
    expect(recorder.ended[0]?.links.map(({ context }) => context)).toEqual([link.context]);
  });

  it('has a span until a promise is settled, and is active all along', async () => {
    const result = withSpan('work', async () => {
      await turn();
      return activeName();
    });
    expect(recorder.ended).toEqual([]);
    expect(await result).toBe('work');
    expect(recorder.seen).toEqual([{ name: 'work' }]);
  });

  it('records and rethrows what the work throws, at once or later', async () => {
    const error = new RangeError('too far');
    const thrower = (): never => {
      throw error;
    };
    expect(() => withSpan('sync', thrower)).toThrow(error);
    await expect(withSpan('async', async () => Promise.reject(error))).rejects.toBe(error);
    const failed = { status: 'ERROR: too far', attributes: { 'error.type': 'RangeError' }, events: ['exception'] };
    expect(recorder.seen).toEqual([
      { name: 'sync', ...failed },
      { name: 'async', ...failed },
    ]);
  });

  it('gives the work a span that does nothing where no provider runs', () => {
    recorder.stop();
    const span = withSpan('work', (given) => given);
    expect([span.isRecording(), trace.getActiveSpan()]).toEqual([false, undefined]);
    expect(span.setAttribute('a', 1)).toBe(span);
  });

  it('carries an unsampled trace on', () => {
    recorder.stop();
    recorder = new SpanRecorder({ sampler: fixedSampler(SamplingDecision.NOT_RECORD) });
    const [outer, inner] = withSpan('outer', (first) => [first, withSpan('inner', (second) => second)] as const);
    expect(inner.spanContext().traceId).toBe(outer.spanContext().traceId);
    expect(recorder.ended).toEqual([]);
  });

  it('does the work where the span cannot be started', () => {
    recorder.stop();
    const shouldSample = (): never => {
      throw new Error('out of order');
    };
    recorder = new SpanRecorder({ sampler: { shouldSample, toString: () => 'failing' } });
    expect(withSpan('work', (span) => span.isRecording())).toBe(false);
    expect(recorder.problems).toMatchObject([
      ['@tracewright/runtime: a span could not be started', { message: 'out of order' }],
    ]);
  });

  it('takes a function last', () => {
    expect(() => void Reflect.apply(withSpan, undefined, ['work', {}])).toThrow(
      new TypeError('withSpan takes a function last'),
    );
  });
});
