// @spec S2.6
import { ROOT_CONTEXT } from '@opentelemetry/api';
import { JaegerExporter } from '@opentelemetry/exporter-jaeger';
import { SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { HIGHEST_ID, LOWEST_ID } from '../../support/extremeTraceIds.ts';
import { FollowedSampler } from '../support/followedSampler.ts';
import { type AdaptiveCollector, startAdaptiveCollector } from '../support/samplingServers.ts';

// Strategies files know no lower bounds: adaptive sampling does.
let collector: AdaptiveCollector;

beforeAll(async () => {
  collector = await startAdaptiveCollector({ initialSampleRatio: 0.25, lowerBoundTracesPerSecond: 0.5 });
});
afterAll(() => collector.stop());

async function follow(service: string): Promise<FollowedSampler> {
  const followed = new FollowedSampler({ url: collector.samplingUrl, service });
  await expect.poll(() => followed.inForce, { timeout: 10_000 }).toContain('PerOperationSampler');
  return followed;
}

const byBound = { 'sampler.type': 'lowerbound', 'sampler.param': 0.25 };
const byShare = { 'sampler.type': 'probabilistic', 'sampler.param': 0.25 };

it('every operation has the lower bound that the real collector says, beside its share', async () => {
  using followed = await follow('bounds');
  for (const operation of ['GET /', 'GET /cart']) {
    expect(followed.tagsOf(HIGHEST_ID, operation)).toEqual(byBound);
    expect(followed.tagsOf(HIGHEST_ID, operation)).toBeUndefined();
    expect(followed.tagsOf(LOWEST_ID, operation)).toEqual(byShare);
    followed.advance(2000);
    expect(followed.tagsOf(HIGHEST_ID, operation)).toEqual(byBound);
  }
});

it('2000 of 10,000 operations have a lower bound, and all of them the share', async () => {
  using followed = await follow('many');
  const operations = Array.from({ length: 10_000 }, (_, n) => `GET /orders/${n}`);
  const sampledOf = (traceId: string): number =>
    operations.filter((operation) => followed.tagsOf(traceId, operation) !== undefined).length;
  expect(sampledOf(HIGHEST_ID)).toBe(2000);
  expect(sampledOf(LOWEST_ID)).toBe(10_000);
  expect(followed.inForce).toContain('2000 operations');
});

it('the real collector learns of an operation by the tags of its root spans, and adapts the share', async () => {
  using followed = await follow('learning');
  const resource = { attributes: { 'service.name': 'learning' }, merge: () => resource, getRawAttributes: () => [] };
  const exporter = new JaegerExporter({ endpoint: collector.tracesUrl });
  const provider = new TracerProvider({
    resource,
    sampler: followed.sampler,
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('test');
  const trace = (): object | undefined => {
    tracer.startSpan('GET /cart', {}, ROOT_CONTEXT).end();
    return followed.tagsOf('0'.repeat(32), 'GET /cart');
  };
  expect(trace()).toEqual(byShare);
  await expect.poll(trace, { timeout: 30_000, interval: 20 }).not.toEqual(byShare);
  expect(followed.tagsOf(LOWEST_ID, 'another')).toEqual(byShare);
  await provider.shutdown();
});
