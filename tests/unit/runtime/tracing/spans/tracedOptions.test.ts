import { type Link, SpanKind, trace, TraceFlags } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { traced } from '../../../../../runtime/src/tracing/spans/traced.ts';
import type { TracedOptions } from '../../../../../runtime/src/tracing/spans/tracedOptions.ts';
import { fixedSampler, SpanRecorder } from '../../../../support/spanRecorder.ts';

let recorder: SpanRecorder;

beforeEach(() => {
  recorder = new SpanRecorder();
});

afterEach(() => {
  recorder.stop();
});

const failing = (): never => {
  throw new Error('the hook failed');
};

/** The attributes of the span of one call. */
function attributesOf(options: TracedOptions, ...args: unknown[]): unknown {
  const calls = recorder.ended.length;
  traced((...given: unknown[]) => given.length, options)(...args);
  return recorder.ended[calls]?.attributes;
}

describe('the name of a span', () => {
  it('is computed from arguments and this', () => {
    const fn = traced(
      function load(this: { readonly table: string }, id: number) {
        return id;
      },
      { name: ([id], self) => `${self.table} ${id > 9 ? 'large' : 'small'}` },
    );
    fn.call({ table: 'orders' }, 10);
    expect(recorder.names).toEqual(['orders large']);
  });

  it.each([
    ['fails', failing],
    ['gives no text', (): string => ''],
  ])('is the usual one where its function %s', (_what, name) => {
    expect(
      traced(
        function usual() {
          return 1;
        },
        { name },
      )(),
    ).toBe(1);
    expect([recorder.names, recorder.problems.length]).toEqual([['usual'], 1]);
  });
});

describe('the kind, root and links of a span', () => {
  const link: Link = { context: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: TraceFlags.SAMPLED } };

  it('are those of the options', () => {
    const fn = traced('fn', () => 1, { kind: SpanKind.CONSUMER, links: [link] });
    expect([fn(), fn()]).toEqual([1, 1]);
    expect(recorder.seen.map(({ kind }) => kind)).toEqual(['CONSUMER', 'CONSUMER']);
    expect(recorder.ended.map(({ links }) => links.map(({ context }) => context))).toEqual([
      [link.context],
      [link.context],
    ]);
  });

  it('begin a trace of its own for a root', () => {
    const root = traced('root', () => trace.getActiveSpan()?.spanContext().traceId, { root: true });
    const ids = traced('outer', () => [trace.getActiveSpan()?.spanContext().traceId, root()])();
    expect(new Set(ids).size).toBe(2);
    expect(recorder.seen).toEqual([{ name: 'root' }, { name: 'outer' }]);
  });

  it('computes links from the arguments, and does without where that fails', () => {
    traced('batch', (links: Link[]) => links.length, { links: ([links]) => links })([link, link]);
    traced('broken', () => 1, { links: failing })();
    expect(recorder.ended.map(({ links }) => links.length)).toEqual([2, 0]);
    expect(recorder.problems).toMatchObject([['@tracewright/runtime: the links of a span could not be computed', {}]]);
  });
});

describe('the attributes of a span', () => {
  it('are an object, seen by the sampler', () => {
    const sampled: unknown[] = [];
    recorder.stop();
    recorder = new SpanRecorder({
      sampler: {
        shouldSample: (...[, , , , attributes]) => {
          sampled.push({ ...attributes });
          return { decision: SamplingDecision.RECORD_AND_SAMPLED };
        },
        toString: () => 'looking',
      },
    });
    expect(attributesOf({ attributes: { unit: 'EUR', odd: { token: 't' } } })).toEqual({
      unit: 'EUR',
      odd: '{"token":"[redacted]"}',
    });
    expect(sampled).toEqual([{ unit: 'EUR', odd: '{"token":"[redacted]"}' }]);
  });

  it('are computed from arguments and this', () => {
    const fn = traced(
      'fn',
      function (this: { readonly tenant: string }, order: { readonly id: number }) {
        return order.id;
      },
      { attributes: ([order], self) => ({ 'order.id': order.id, tenant: self.tenant, none: undefined }) },
    );
    expect(fn.call({ tenant: 'acme' }, { id: 7 })).toBe(7);
    expect(recorder.only.attributes).toEqual({ 'order.id': 7, tenant: 'acme' });
  });

  it('are missing where computing them fails, which the call does not notice', () => {
    expect(traced('fn', () => 1, { attributes: failing, result: failing })()).toBe(1);
    expect(recorder.only.attributes).toEqual({});
    expect(recorder.problems).toMatchObject([
      ['@tracewright/runtime: attributes of a span could not be computed', { message: 'the hook failed' }],
      ['@tracewright/runtime: attributes of a span could not be computed', { message: 'the hook failed' }],
    ]);
  });

  it('are computed for spans that are recorded only', () => {
    recorder.stop();
    recorder = new SpanRecorder({ sampler: fixedSampler(SamplingDecision.NOT_RECORD) });
    expect(traced(() => 1, { attributes: failing, result: failing, arguments: true })()).toBe(1);
    expect(recorder.problems).toEqual([]);
  });

  it('survive whatever an attribute is given', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = cyclic;
    const hostile = {
      get bad(): never {
        throw new Error('read');
      },
      good: 1,
      list: [1, 'a'],
      flags: [true, false],
      big: 12n,
      nothing: null,
      cyclic,
    };
    expect(attributesOf({ attributes: () => hostile })).toEqual({
      bad: '[unreadable]',
      good: 1,
      list: ['1', 'a'],
      flags: [true, false],
      big: '12',
      nothing: 'null',
      cyclic: '{"self":[cycle]}',
    });
    const opaque = new Proxy({}, { ownKeys: failing });
    expect(attributesOf({ attributes: () => opaque })).toEqual({});
    expect(recorder.problems).toEqual([]);
  });
});

describe('the arguments of a call', () => {
  it('are not recorded unless that is asked for', () => {
    expect(attributesOf({}, 'secret')).toEqual({});
  });

  it('are recorded by position and shape', () => {
    expect(attributesOf({ arguments: true }, 'secret words', [1, 2, 3], { id: 1 }, undefined)).toEqual({
      'argument.0': 'string(12)',
      'argument.1': 'array(3)',
      'argument.2': 'object{id}',
      'argument.3': 'undefined',
    });
  });

  it('are recorded by name, as far as there are names and arguments', () => {
    expect(attributesOf({ arguments: ['user', '', 'order', 'more'] }, 'ada', 2, 3)).toEqual({
      'argument.user': 'string(3)',
      'argument.order': 'number',
    });
  });

  it('are revealed by name, without what sensitive keys keep', () => {
    const options = {
      arguments: ['id', 'user', 'password', 'note', 'maybe'],
      reveal: ['id', 'user', 'password', 'maybe'],
    };
    expect(attributesOf(options, 7, { name: 'ada', apiKey: 'k' }, 'hunter2', 'private', undefined)).toEqual({
      'argument.id': 7,
      'argument.user': '{"name":"ada","apiKey":"[redacted]"}',
      'argument.password': '[redacted]',
      'argument.note': 'string(7)',
      'argument.maybe': 'undefined',
    });
    expect(attributesOf({ arguments: true, reveal: ['1'] }, 'a', 'x'.repeat(5000))).toEqual({
      'argument.0': 'string(1)',
      'argument.1': `${'x'.repeat(1023)}…`,
    });
  });

  it('never break the call, whatever they are', () => {
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    const list = Object.defineProperty([1], '0', { get: failing });
    const values: unknown[] = [revoked.proxy, 1n, Symbol('s'), Object.create(null), list];
    expect(attributesOf({ arguments: true, reveal: ['0', '1', '2', '3', '4'] }, ...values)).toEqual({
      'argument.0': '[proxy]',
      'argument.1': '1',
      'argument.2': 'Symbol(s)',
      'argument.3': '{}',
      'argument.4': '[unreadable]',
    });
    expect(recorder.problems).toEqual([]);
  });
});

describe('the result of a call', () => {
  it('is told to a hook: a value, or what a promise came to', async () => {
    const options = { result: (count: number, [base]: readonly number[]) => ({ count, base }) };
    traced('sync', (base: number) => base + 1, options)(1);
    await traced('async', async (base: number) => Promise.resolve(base + 2), options)(1);
    expect(recorder.seen).toEqual([
      { name: 'sync', attributes: { count: 2, base: 1 } },
      { name: 'async', attributes: { count: 3, base: 1 } },
    ]);
  });

  it('is none where the call fails', () => {
    expect(traced('fn', failing, { result: () => ({ reached: true }) })).toThrow('the hook failed');
    expect(recorder.only.attributes).toEqual({ 'error.type': 'Error' });
  });
});
