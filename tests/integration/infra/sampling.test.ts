// @spec S1.6
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplingStrategiesFile, type SamplingStrategies } from '../../../infra/jaeger/samplingStrategies.ts';
import { samplingSchema } from '../../../infra/schema/samplingSchema.ts';
import { samplingAnswer } from '../../support/samplingAnswers.ts';
import { anyStrategies } from '../../support/samplingArbitraries.ts';
import { startSamplingServers, type SamplingServers, type SamplingSource } from '../support/samplingServers.ts';

let servers: SamplingServers;

beforeAll(async () => {
  servers = await startSamplingServers();
});
afterAll(() => servers.stop());

async function answer(source: SamplingSource, service: string): Promise<unknown> {
  const { status, body } = await servers.ask(source, service);
  if (status !== 200) throw new Error(`${source} answered ${status}: ${body}`);
  const parsed: unknown = JSON.parse(body);
  return parsed;
}

/** Asks for every listed service and for one that is not listed, everywhere. */
async function expectModel(strategies: SamplingStrategies): Promise<void> {
  await servers.load(samplingStrategiesFile(strategies));
  for (const service of [...strategies.services.map(({ service: name }) => name), 'a service that is not listed']) {
    const expected = samplingAnswer(strategies, service);
    expect(await answer('collector', service)).toEqual(expected);
    expect(await answer('agent', service)).toEqual(expected);
    expect(await answer('agentForOlderClients', service)).toEqual(asThrift(expected));
  }
}

/** Older clients get the type as a number. */
function asThrift(expected: unknown): unknown {
  return JSON.parse(
    JSON.stringify(expected, (key, value: unknown) =>
      key === 'strategyType' ? ['PROBABILISTIC', 'RATE_LIMITING'].indexOf(String(value)) : value,
    ),
  );
}

const operation = (name: string, param: number) => ({ operation: name, type: 'probabilistic', param });

describe('the real collector and agent hand out what the model says', () => {
  it.each([
    ['nothing', {}],
    ['a share of 0', { default: { type: 'probabilistic', param: 0 } }],
    ['the smallest share', { default: { type: 'probabilistic', param: 1e-9 } }],
    ['the largest rate, to older clients too', { default: { type: 'ratelimiting', param: 32_767 } }],
    [
      "the default's operations, at services that list none, others and the same ones",
      {
        default: { type: 'probabilistic', param: 0.5, operations: [operation('health', 0), operation('pay', 1)] },
        services: [
          { service: 'none', type: 'probabilistic', param: 0.1 },
          { service: 'others', type: 'probabilistic', param: 0.2, operations: [operation('cart', 0.3)] },
          { service: 'same', type: 'probabilistic', param: 0.2, operations: [operation('health', 0.4)] },
        ],
      },
    ],
    [
      'every type beside each other',
      {
        default: { type: 'ratelimiting', param: 2 },
        services: [
          { service: 'shop', type: 'probabilistic', param: 1, operations: [operation('GET /', 0)] },
          { service: 'orders', type: 'ratelimiting', param: 7 },
          { service: 'a "quoted" \\ & <name>', type: 'probabilistic', param: 0.25 },
        ],
      },
    ],
  ])('for %s', async (_what, sampling) => {
    await expectModel(samplingSchema(0.1).parse(sampling));
  });

  it('for whatever the schema accepts', async () => {
    await fc.assert(
      fc.asyncProperty(anyStrategies, async (strategies) => expectModel(samplingSchema(0.1).parse(strategies))),
      { numRuns: 150 },
    );
  }, 60_000);

  it('for 2000 operations, over gRPC as well', async () => {
    const operations = Array.from({ length: 2000 }, (_, n) => operation(`${'x'.repeat(200)}${n}`, 0.5));
    await expectModel(samplingSchema(0.1).parse({ default: { type: 'probabilistic', param: 1, operations } }));
  });
});

const share = (samplingRate: number) => ({
  strategyType: 'PROBABILISTIC',
  probabilisticSampling: { samplingRate },
});
const rate = (maxTracesPerSecond: number) => ({
  strategyType: 'RATE_LIMITING',
  rateLimitingSampling: { maxTracesPerSecond },
});
const fallback = (strategy: object) => JSON.stringify({ default_strategy: strategy });
const listed = (...services: unknown[]) => JSON.stringify({ service_strategies: services });

// What the schema's messages say of Jaeger: should another version do better, they are wrong.
describe('the real collector reads silently', () => {
  it.each([
    ['an empty mapping as 0.001', '{}', share(0.001)],
    ['null as 0.001', 'null', share(0.001)],
    ['an empty default as 0.001', fallback({}), share(0.001)],
    ['an unknown type as 0.001', fallback({ type: 'guess', param: 1 }), share(0.001)],
    ['a type in other letters as 0.001', fallback({ type: 'Probabilistic', param: 1 }), share(0.001)],
    ['a misspelt key as 0.001', '{"default_stategy":{"type":"probabilistic","param":1}}', share(0.001)],
    ['a missing share as 0', fallback({ type: 'probabilistic' }), share(0)],
    ['a share above 1 as it is', fallback({ type: 'probabilistic', param: 50 }), share(50)],
    ['a share below 0 as it is', fallback({ type: 'probabilistic', param: -1 }), share(-1)],
    ['a missing rate as 0', fallback({ type: 'ratelimiting' }), rate(0)],
    ['a rate of 0.5 as 0', fallback({ type: 'ratelimiting', param: 0.5 }), rate(0)],
    ['a rate of 2^31 as a negative one', fallback({ type: 'ratelimiting', param: 2 ** 31 }), rate(-(2 ** 31))],
    [
      'the last of two services with the same name',
      listed({ service: 'shop', type: 'probabilistic', param: 1 }, { service: 'shop', type: 'ratelimiting', param: 3 }),
      rate(3),
    ],
    ['the last of two same keys', '{"default_strategy":{"type":"probabilistic","param":1,"param":0.2}}', share(0.2)],
    ['a name with a blank as another', listed({ service: ' shop', type: 'probabilistic', param: 1 }), share(0.001)],
    [
      'operations of a rate-limited service as an exception to 0.001',
      listed({ service: 'shop', type: 'ratelimiting', param: 3, operation_strategies: [operation('x', 0.5)] }),
      { ...rate(3), operationSampling: expect.objectContaining({ defaultSamplingProbability: 0.001 }) as object },
    ],
    [
      'an operation that is rate-limited as none',
      fallback({
        type: 'probabilistic',
        param: 1,
        operation_strategies: [{ operation: 'x', type: 'ratelimiting', param: 3 }],
      }),
      { ...share(1), operationSampling: expect.objectContaining({ perOperationStrategies: [] }) as object },
    ],
    [
      'an operation of an unknown type as 0.001, and a repeated one as both',
      fallback({
        type: 'probabilistic',
        param: 1,
        operation_strategies: [
          { operation: 'x', type: 'guess', param: 1 },
          { operation: 'x', type: 'probabilistic', param: 0.5 },
        ],
      }),
      {
        ...share(1),
        operationSampling: expect.objectContaining({
          perOperationStrategies: [0.001, 0.5].map((samplingRate) => ({
            operation: 'x',
            probabilisticSampling: { samplingRate },
          })),
        }) as object,
      },
    ],
    [
      "the default's operations as none of a rate-limited service",
      JSON.stringify({
        default_strategy: { type: 'probabilistic', param: 1, operation_strategies: [operation('x', 0)] },
        service_strategies: [{ service: 'shop', type: 'ratelimiting', param: 3 }],
      }),
      rate(3),
    ],
  ])('%s', async (_what, file, expected) => {
    await servers.load(file);
    expect(await answer('collector', 'shop')).toEqual(expected);
  });

  it('a rate above 16 bits, with which the agent fails older clients', async () => {
    await servers.load(fallback({ type: 'ratelimiting', param: 32_768 }));
    expect((await servers.ask('agent', 'shop')).status).toBe(200);
    expect((await servers.ask('agentForOlderClients', 'shop')).status).toBe(500);
  });

  it.each([
    ['a share in quotes', fallback({ type: 'probabilistic', param: '0.5' })],
    ['a name that is a number', listed({ service: 1, type: 'probabilistic', param: 1 })],
    ['YAML', 'default_strategy: { type: probabilistic, param: 1 }'],
  ])('%s not at all, and goes on with what it had', async (_what, file) => {
    await servers.load(fallback({ type: 'probabilistic', param: 0.75 }));
    await servers.loadBroken(file);
    expect(await answer('collector', 'shop')).toEqual(share(0.75));
  });
});

// Last: it does not come back.
it('a null in a list crashes the real collector', async () => {
  await expect(servers.load(listed(null))).rejects.toThrow(/ ended:.*nil pointer/s);
});
