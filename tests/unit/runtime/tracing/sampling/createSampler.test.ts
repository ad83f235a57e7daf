import { type Context, ROOT_CONTEXT, SpanKind, trace, TraceFlags } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  ParentBasedSampler,
  type Sampler,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSampler } from '../../../../../runtime/src/tracing/sampling/createSampler.ts';
import type { SamplerConfig } from '../../../../../runtime/src/tracing/sampling/samplerConfig.ts';
import { settle } from '../../../../support/fakeHost.ts';
import { HIGHEST_ID, LOWEST_ID } from '../../../../support/extremeTraceIds.ts';
import { answers, FakeStrategyServer, tags, tagsOf } from './samplingFixtures.ts';

const remote: SamplerConfig = {
  kind: 'jaeger_remote',
  url: 'http://localhost:5778/sampling',
  pollingIntervalMillis: 60_000,
  initialSampleRatio: 1,
  parentBased: true,
};

function create(config: SamplerConfig) {
  const server = new FakeStrategyServer();
  const handle = createSampler(config, { serviceName: 'shop', onError: () => undefined, ports: server.ports });
  return { server, handle };
}

const decide = (sampler: Sampler, parent: Context, traceId: string) =>
  sampler.shouldSample(parent, traceId, 'GET /', SpanKind.SERVER, {}, []);

describe('createSampler', () => {
  it.each<[SamplerConfig, object | undefined, object | undefined, string]>([
    [{ kind: 'always_on', parentBased: true }, {}, {}, 'ParentBased{root=ConstantSampler{true}}'],
    [{ kind: 'always_off', parentBased: true }, undefined, undefined, 'ParentBased{root=ConstantSampler{false}}'],
    [{ kind: 'always_on', parentBased: false }, {}, {}, 'ConstantSampler{true}'],
    [
      { kind: 'traceidratio', ratio: 0.25, parentBased: false },
      tags.probabilistic(0.25),
      undefined,
      'ProbabilisticSampler{0.25}',
    ],
    [
      { kind: 'ratelimiting', maxTracesPerSecond: 0.5, parentBased: false },
      tags.rateLimiting(0.5),
      undefined,
      'RateLimitingSampler{0.5}',
    ],
    [
      remote,
      tags.probabilistic(1),
      tags.probabilistic(1),
      'ParentBased{root=JaegerRemoteSampler{http://localhost:5778/sampling, no answer yet, ProbabilisticSampler{1}}}',
    ],
  ])('of %j decides on root spans, and describes itself', (config, lowest, highest, description) => {
    const { handle } = create(config);
    expect(tagsOf(handle.root, LOWEST_ID)).toEqual(lowest);
    expect(tagsOf(handle.sampler, HIGHEST_ID)).toEqual(highest);
    expect(handle.parentBased).toBe(config.parentBased);
    expect(handle.describe()).toBe(description);
  });

  it('asks Jaeger from start() until stop(), where it is told to', async () => {
    const { server, handle } = create(remote);
    server.serve(answers.share(0));
    await settle();
    expect(server.requests).toHaveLength(0);
    handle.start();
    await settle();
    expect(tagsOf(handle.root, LOWEST_ID)).toBeUndefined();
    expect(handle.describe()).toContain('ProbabilisticSampler{0}');
    handle.stop();
    server.host.advance(600_000);
    expect(server.requests).toHaveLength(1);
  });

  it('asks nobody elsewhere', () => {
    const { server, handle } = create({ kind: 'traceidratio', ratio: 1, parentBased: true });
    handle.start();
    handle.stop();
    expect([server.requests.length, server.host.timerCount]).toEqual([0, 0]);
  });
});

describe('A parent-based sampler', () => {
  const spanContext = fc.record({
    traceId: fc.oneof(fc.stringMatching(/^[0-9a-f]{32}$/), fc.constantFrom('0'.repeat(32), '', 'x')),
    spanId: fc.oneof(fc.stringMatching(/^[0-9a-f]{16}$/), fc.constantFrom('0'.repeat(16), '')),
    traceFlags: fc.nat(255),
    isRemote: fc.boolean(),
  });

  it("decides as OpenTelemetry's does, on whatever parent", () => {
    fc.assert(
      fc.property(fc.option(spanContext), fc.constantFrom(LOWEST_ID, HIGHEST_ID), (parent, newTraceId) => {
        const { handle } = create({ kind: 'traceidratio', ratio: 0.5, parentBased: true });
        const context = parent === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent);
        // As a tracer chooses it.
        const traceId = parent !== null && trace.isSpanContextValid(parent) ? parent.traceId : newTraceId;
        const ours = decide(handle.sampler, context, traceId);
        expect(ours).toEqual(decide(new ParentBasedSampler({ root: handle.root }), context, traceId));
        expect(Object.isFrozen(ours)).toBe(true);
      }),
    );
  });
});

describe('Spans of the SDK', () => {
  function record(config: SamplerConfig): readonly [string, object][] {
    const exporter = new InMemorySpanExporter();
    const { sampler } = create(config).handle;
    const provider = new TracerProvider({ sampler, spanProcessors: [new SimpleSpanProcessor({ exporter })] });
    const tracer = provider.getTracer('test');
    const root = tracer.startSpan('root', { attributes: { own: 1 } }, ROOT_CONTEXT);
    tracer.startSpan('child', {}, trace.setSpan(ROOT_CONTEXT, root)).end();
    const unsampled = { traceId: LOWEST_ID, spanId: '1'.repeat(16), traceFlags: TraceFlags.NONE, isRemote: true };
    tracer.startSpan('remote child', {}, trace.setSpanContext(ROOT_CONTEXT, unsampled)).end();
    root.end();
    return exporter.getFinishedSpans().map(({ name, attributes }) => [name, attributes]);
  }

  it("carry the sampler's tags on the root, and their parents' decision", () => {
    expect(record({ kind: 'traceidratio', ratio: 1, parentBased: true })).toEqual([
      ['child', {}],
      ['root', { own: 1, ...tags.probabilistic(1) }],
    ]);
  });

  it('are decided each by itself where the parents are not asked, and tagged on the root only', () => {
    expect(record({ kind: 'traceidratio', ratio: 1, parentBased: false })).toEqual([
      ['child', {}],
      ['remote child', {}],
      ['root', { own: 1, ...tags.probabilistic(1) }],
    ]);
  });

  it('are not there when nothing is sampled', () => {
    expect(record({ kind: 'always_off', parentBased: true })).toEqual([]);
  });
});
