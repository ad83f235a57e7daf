import type { V1Pod } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { applicationStopReason } from '../../../../../tools/validate/performance/applicationStep.ts';
import { busyParts } from '../../../../../tools/validate/performance/busyParts.ts';
import { sumOfSamples } from '../../../../../tools/validate/exposition.ts';
import { encodeLoadSpans } from '../../../../../tools/validate/performance/loadSpans.ts';
import { busyBetween, cores } from '../../../../../tools/validate/performance/processors.ts';

describe('samples of an exposition', () => {
  const text = [
    '# TYPE spans_total counter',
    'spans_total{svc="a",result="ok"} 3',
    'spans_total{svc="b\\"}",result="ok"} 4 1700000000000',
    'spans_total{svc="a",result="err"} 5',
    'spans_total_more 100',
    'queue 1e3',
  ].join('\n');

  it('adds those of a name, with all of the labels that are asked for', () => {
    expect(sumOfSamples(text, { name: 'spans_total' })).toBe(12);
    expect(sumOfSamples(text, { name: 'spans_total', labels: { result: 'ok' } })).toBe(7);
    expect(sumOfSamples(text, { name: 'spans_total', labels: { result: 'ok', svc: 'a' } })).toBe(3);
    expect(sumOfSamples(text, { name: 'queue' })).toBe(1000);
  });

  it('is 0 where there is none', () => {
    expect(sumOfSamples(text, { name: 'spans' })).toBe(0);
    expect(sumOfSamples(text, { name: 'spans_total', labels: { svc: 'c' } })).toBe(0);
  });
});

describe('how busy parts were', () => {
  const reading = (atSeconds: number, usedSeconds: number) => ({ atSeconds, usedSeconds });
  const pod = (name: string): V1Pod => ({
    metadata: { namespace: 'tracing', name },
    spec: { containers: [{ name: 'jaeger-collector', resources: { limits: { cpu: '500m' } } }] },
  });

  it('divides by the time between the readings themselves, and leaves out what was not read anew', () => {
    const before = new Map([
      ['a', reading(10, 1)],
      ['b', reading(10, 1)],
    ]);
    const after = new Map([
      ['a', reading(14, 3)],
      ['b', reading(10, 1)],
      ['c', reading(14, 1)],
    ]);
    expect([...busyBetween(before, after)]).toEqual([['a', 0.5]]);
  });

  it('names the busiest pod of each component with its limit, and nodes with theirs', () => {
    const before = new Map([
      ['tracing/one/jaeger-collector', reading(0, 0)],
      ['tracing/two/jaeger-collector', reading(0, 0)],
      ['node/n', reading(0, 0)],
    ]);
    const after = new Map([
      ['tracing/one/jaeger-collector', reading(10, 1)],
      ['tracing/two/jaeger-collector', reading(10, 4)],
      ['node/n', reading(10, 15)],
    ]);
    expect(busyParts([pod('one'), pod('two')], before, after, new Map([['n', 2]]))).toEqual([
      { name: 'tracing/jaeger-collector', processors: 0.4, limit: 0.5 },
      { name: 'node n', processors: 1.5, limit: 2 },
    ]);
  });

  it('reads quantities of processors', () => {
    expect(['250m', '2', '0.5', 'nonsense'].map(cores)).toEqual([0.25, 2, 0.5, 0]);
  });
});

it('gives each span of a load a trace of its own', () => {
  const { body, traceIds } = encodeLoadSpans('load', 50, 1_700_000_000_123);
  expect(new Set(traceIds).size).toBe(50);
  expect(traceIds.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
  expect(body.byteLength / 50).toBeGreaterThan(300);
});

describe('why a load on the example stops', () => {
  const carried = {
    offered: 10,
    answered: 9,
    p50Seconds: 0.1,
    p99Seconds: 2,
    failed: 0,
    spansCreated: 100,
    spansDropped: 0,
    busy: [],
  };

  it('does not stop at a step that is carried', () => {
    expect(applicationStopReason(carried)).toBeUndefined();
  });

  it.each([
    [{ failed: 1 }, '1 requests failed'],
    [{ answered: 8.9 }, '9 of 10 requests a second were answered'],
    [{ p99Seconds: 2.1 }, 'one in a hundred requests took 2.1 s and more'],
    [{ spansDropped: 4 }, 'the tracers dropped 4 of 100 spans'],
  ])('stops for %o', (change, reason) => {
    expect(applicationStopReason({ ...carried, ...change })).toBe(reason);
  });
});
