// @spec S2.6
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplingStrategiesFile } from '../../../infra/jaeger/samplingStrategies.ts';
import { SamplingPollError } from '../../../runtime/src/tracing/sampling/samplingPollError.ts';
import { randomTraceIds } from '../../support/randomTraceIds.ts';
import { HIGHEST_ID, LOWEST_ID } from '../../support/extremeTraceIds.ts';
import { FollowedSampler, INITIAL_RATIO } from '../support/followedSampler.ts';
import { freeTcpPort } from '../support/freePort.ts';
import { startSamplingServers, type SamplingServers, type SamplingSource } from '../support/samplingServers.ts';

let servers: SamplingServers;

beforeAll(async () => {
  servers = await startSamplingServers();
});
afterAll(() => servers.stop());

/** A sampler that has got what the servers say. */
async function follow(source: SamplingSource, service = 'shop'): Promise<FollowedSampler> {
  const followed = new FollowedSampler({ url: servers.url(source), service });
  await expect.poll(() => followed.inForce, { timeout: 10_000 }).not.toContain('no answer yet');
  expect(followed.errors).toEqual([]);
  return followed;
}

const expectInForce = (followed: FollowedSampler, text: string) =>
  expect.poll(() => followed.inForce, { timeout: 10_000 }).toContain(text);

const fallback = (strategy: object): string => JSON.stringify({ default_strategy: strategy });
const share = (param: number) => ({ type: 'probabilistic', param });
const rate = (param: number) => ({ type: 'ratelimiting', param });
const byShare = (param: number) => ({ 'sampler.type': 'probabilistic', 'sampler.param': param });
const byRate = (param: number) => ({ 'sampler.type': 'ratelimiting', 'sampler.param': param });

/** The file of a shop, as the project's own stack writes it. */
const shopFile = samplingStrategiesFile({
  default: {
    type: 'probabilistic',
    param: 0.5,
    operations: [
      { operation: 'GET /health', type: 'probabilistic', param: 0 },
      { operation: 'POST /pay', type: 'probabilistic', param: 1 },
    ],
  },
  services: [
    { service: 'cart', type: 'probabilistic', param: 0, operations: [] },
    {
      service: 'orders',
      type: 'probabilistic',
      param: 1,
      operations: [{ operation: 'POST /pay', type: 'probabilistic', param: 0.25 }],
    },
  ],
});

describe.each<SamplingSource>(['collector', 'agent', 'agentForOlderClients'])('what the %s says', (source) => {
  it.each([0, 1, 0.5, 0.001])('is done, for a share of %d of all traces', async (param) => {
    await servers.load(fallback(share(param)));
    using followed = await follow(source);
    const count = 50_000;
    const sixDeviations = 6 * Math.sqrt(count * param * (1 - param));
    const sampled = followed.countSampled(randomTraceIds(count));
    expect(Math.abs(sampled - count * param)).toBeLessThanOrEqual(sixDeviations);
    expect(followed.tagsOf(LOWEST_ID)).toEqual(param === 0 ? undefined : byShare(param));
  });

  it('is done, for a number of traces per second', async () => {
    await servers.load(fallback(rate(7)));
    using followed = await follow(source);
    const sampledOfMany = () => followed.countSampled(randomTraceIds(1000));
    expect(followed.tagsOf(LOWEST_ID)).toEqual(byRate(7));
    expect(sampledOfMany()).toBe(6);
    for (let second = 0; second < 20; second += 1) {
      followed.advance(1000);
      expect(sampledOfMany()).toBe(7);
    }
    followed.advance(143);
    expect(sampledOfMany()).toBe(1);
  });

  it.each([
    ['shop', 'GET /', byShare(0.5), undefined],
    ['shop', 'GET /health', undefined, undefined],
    ['shop', 'POST /pay', byShare(1), byShare(1)],
    ['cart', 'GET /', undefined, undefined],
    ['cart', 'GET /health', undefined, undefined],
    ['cart', 'POST /pay', byShare(1), byShare(1)],
    ['orders', 'GET /', byShare(1), byShare(1)],
    ['orders', 'GET /health', undefined, undefined],
    ['orders', 'POST /pay', byShare(0.25), undefined],
  ])('is done, for the service %s and its operation %s', async (service, operation, lowest, highest) => {
    await servers.load(shopFile);
    using followed = await follow(source, service);
    expect(followed.tagsOf(LOWEST_ID, operation)).toEqual(lowest);
    expect(followed.tagsOf(HIGHEST_ID, operation)).toEqual(highest);
  });

  it.each([
    'a "quoted" \\ & <name>',
    'Bücher',
    '🛒 cart',
    'a+b',
    '100%',
    '%41',
    'x&service=other#y?z',
    '../../api/traces',
    '__proto__',
  ])('is done, for the service %j', async (service) => {
    await servers.load(
      JSON.stringify({ default_strategy: share(0.75), service_strategies: [{ service, ...share(0.25) }] }),
    );
    using followed = await follow(source, service);
    expect(followed.tagsOf(LOWEST_ID)).toEqual(byShare(0.25));
  });

  // Which the project's own schema refuses: client libraries drop the rate.
  it('is done as its file has it, for a rate-limited service with operations', async () => {
    const operations = [{ operation: 'POST /pay', ...share(1) }];
    await servers.load(fallback({ ...rate(2), operation_strategies: operations }));
    using followed = await follow(source);
    expect(followed.countSampled(randomTraceIds(1000))).toBe(2);
    expect(followed.countSampled(randomTraceIds(1000), 'POST /pay')).toBe(1000);
  });

  it('is done, where a list of operations came to be empty', async () => {
    await servers.load(fallback({ ...share(1), operation_strategies: [{ operation: 'x', ...rate(3) }] }));
    using followed = await follow(source);
    expect(followed.tagsOf(HIGHEST_ID, 'x')).toEqual(byShare(1));
  });

  it('is done for 10,000 operations, listed and not, in the memory of the listed ones', async () => {
    const operation = (n: number) => `GET /orders/${n}`;
    const operations = Array.from({ length: 3000 }, (_, n) => ({ operation: operation(n), ...share(1) }));
    await servers.load(fallback({ ...share(0), operation_strategies: operations }));
    using followed = await follow(source);
    const sampled = Array.from({ length: 10_000 }, (_, n) => followed.tagsOf(HIGHEST_ID, operation(n)));
    expect(sampled.filter((tags) => tags !== undefined)).toHaveLength(3000);
    expect(followed.inForce).toContain('ProbabilisticSampler{0}, 3000 operations');
  });

  it('takes effect while it runs, whatever it was before', async () => {
    await servers.load(fallback(share(0)));
    using followed = await follow(source);
    const files = [
      [fallback(rate(5)), 'RateLimitingSampler{5}'],
      [shopFile, 'PerOperationSampler{ProbabilisticSampler{0.5}, 2 operations}'],
      [fallback(share(0.125)), 'ProbabilisticSampler{0.125}'],
      [fallback(rate(6)), 'RateLimitingSampler{6}'],
    ] as const;
    for (const [file, expected] of files) {
      await servers.load(file);
      await expectInForce(followed, expected);
    }
    expect(followed.errors).toEqual([]);
  });

  it('leaves the balance of a rate limit alone as long as it says the same', async () => {
    await servers.load(fallback(rate(3)));
    using followed = await follow(source);
    expect(followed.countSampled(randomTraceIds(10))).toBe(3);
    await servers.load(
      JSON.stringify({ default_strategy: rate(3), service_strategies: [{ service: 'x', ...rate(1) }] }),
    );
    await delayOfSomePolls();
    expect(followed.countSampled(randomTraceIds(10))).toBe(0);
  });

  it('holds on when the file cannot be read any more', async () => {
    await servers.load(fallback(share(0.75)));
    using followed = await follow(source);
    await servers.loadBroken('{"default_strategy":');
    await delayOfSomePolls();
    expect([followed.tagsOf(LOWEST_ID), followed.errors]).toEqual([byShare(0.75), []]);
  });

  it.each([
    ['a share of 50', share(50), 'probabilisticSampling.samplingRate is 50; allowed: a number from 0 to 1'],
    ['a share below 0', share(-1), 'probabilisticSampling.samplingRate is -1; allowed: a number from 0 to 1'],
  ])('holds on when the file says %s, with an error', async (_what, strategy, reason) => {
    await servers.load(fallback(share(0.75)));
    using followed = await follow(source);
    await servers.load(fallback(strategy));
    await expect.poll(() => followed.errors.length, { timeout: 10_000 }).toBe(1);
    expect(followed.errors[0]).toBeInstanceOf(SamplingPollError);
    expect(followed.errors[0]?.message).toContain(`ProbabilisticSampler{0.75} stays in force: ${reason}`);
    await servers.load(fallback(share(0.25)));
    await expectInForce(followed, 'ProbabilisticSampler{0.25}');
  });
});

/** Long enough for the sampler to ask several times. */
function delayOfSomePolls(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 300));
}

it('no more traces per second are sampled than the file allows, by the real clock', async () => {
  await servers.load(fallback(rate(20)));
  using followed = new FollowedSampler({ url: servers.url('agent'), realTime: true });
  await expectInForce(followed, 'RateLimitingSampler{20}');
  const startedAt = performance.now();
  let sampled = 0;
  while (performance.now() - startedAt < 1500) {
    sampled += followed.countSampled(randomTraceIds(100));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const seconds = (performance.now() - startedAt) / 1000;
  expect(sampled).toBeLessThanOrEqual(20 + 20 * seconds);
  expect(sampled).toBeGreaterThan(20);
});

it('spans carry the reason on the root, and the decision of the root below it', async () => {
  await servers.load(shopFile);
  using followed = await follow('agent');
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({
    sampler: followed.sampler,
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('test');
  for (const operation of ['POST /pay', 'GET /health']) {
    const root = tracer.startSpan(operation, {}, ROOT_CONTEXT);
    tracer.startSpan(`${operation} child`, {}, trace.setSpan(ROOT_CONTEXT, root)).end();
    root.end();
  }
  expect(exporter.getFinishedSpans().map(({ name, attributes }) => [name, attributes])).toEqual([
    ['POST /pay child', {}],
    ['POST /pay', byShare(1)],
  ]);
});

describe('without an agent', () => {
  it('the initial share is sampled from the start, and the error says what is wrong', async () => {
    using followed = new FollowedSampler({ url: `http://localhost:${await freeTcpPort()}/sampling` });
    await expect.poll(() => followed.errors.length, { timeout: 10_000 }).toBe(1);
    expect(followed.errors[0]?.message).toMatch(/no sampling strategy of "shop" from http:.*ECONNREFUSED/);
    await delayOfSomePolls();
    expect(followed.errors).toHaveLength(1);
    expect(followed.tagsOf(LOWEST_ID)).toEqual(byShare(INITIAL_RATIO));
  });

  it('the last strategy holds until another agent hands out a new one', async () => {
    await servers.load(fallback(share(0.75)));
    using followed = await follow('agent');
    await servers.stopAgent();
    await expect.poll(() => followed.errors.length, { timeout: 10_000 }).toBe(1);
    expect(followed.tagsOf(LOWEST_ID)).toEqual(byShare(0.75));
    await servers.load(fallback(share(0.25)));
    await delayOfSomePolls();
    expect(followed.tagsOf(LOWEST_ID)).toEqual(byShare(0.75));
    await servers.startAgent();
    await expectInForce(followed, 'ProbabilisticSampler{0.25}');
    expect(followed.errors).toHaveLength(1);
  });
});

// Last: the collector does not come back.
it('a collector that crashes of its file leaves the last strategy in force', async () => {
  await servers.load(fallback(share(0.75)));
  using followed = await follow('agent');
  await expect(servers.load('{"service_strategies":[null]}')).rejects.toThrow(/nil pointer/);
  await expect.poll(() => followed.errors.length, { timeout: 20_000 }).toBe(1);
  expect(followed.errors[0]?.message).toMatch(
    /ProbabilisticSampler\{0\.75\} stays in force: status 500: "collector error/,
  );
  expect(followed.tagsOf(LOWEST_ID)).toEqual(byShare(0.75));
});
