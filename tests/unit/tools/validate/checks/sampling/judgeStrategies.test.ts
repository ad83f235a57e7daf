import { describe, expect, it } from 'vitest';
import type { ServiceStrategy } from '../../../../../../infra/jaeger/samplingStrategies.ts';
import {
  judgeStrategies,
  wantedStrategies,
} from '../../../../../../tools/validate/checks/sampling/strategiesServed.ts';

const half: ServiceStrategy = { type: 'probabilistic', param: 0.5, operations: [] };
const limited: ServiceStrategy = { type: 'ratelimiting', param: 10 };
const none: ServiceStrategy = { type: 'probabilistic', param: 0, operations: [] };
const perOperation: ServiceStrategy = {
  type: 'probabilistic',
  param: 0.1,
  operations: [{ type: 'probabilistic', operation: 'GET /', param: 1 }],
};
const answer = (strategy: ServiceStrategy, served: unknown, status = 200) => ({
  service: 'shop',
  strategy,
  status,
  served,
});
const operationAnswer = (rate: number, other = 0.1) => ({
  strategyType: 'PROBABILISTIC',
  operationSampling: {
    defaultSamplingProbability: other,
    perOperationStrategies: [{ operation: 'GET /', probabilisticSampling: { samplingRate: rate } }],
  },
});

describe('what a pod serves', () => {
  it.each([
    [half, { strategyType: 'PROBABILISTIC', probabilisticSampling: { samplingRate: 0.5 } }],
    [none, { strategyType: 'PROBABILISTIC', probabilisticSampling: {} }],
    [limited, { strategyType: 'RATE_LIMITING', rateLimitingSampling: { maxTracesPerSecond: 10 } }],
    [perOperation, operationAnswer(1)],
  ])('is what is configured: %o', (strategy, served) => {
    expect(judgeStrategies('pod tracing/a', [answer(strategy, served)])).toMatchObject({ outcome: 'ok' });
  });

  it.each<[ServiceStrategy, unknown, string]>([
    [
      half,
      { probabilisticSampling: { samplingRate: 0.4 } },
      '{"probabilisticSampling":{"samplingRate":0.4}} for service shop',
    ],
    [
      half,
      { rateLimitingSampling: { maxTracesPerSecond: 10 } },
      '{"rateLimitingSampling":{"maxTracesPerSecond":10}} for service shop',
    ],
    [half, operationAnswer(1, 0.5), expect.stringContaining('operationSampling')],
    [perOperation, operationAnswer(0.9), expect.stringContaining('0.9')],
    [perOperation, operationAnswer(1, 0.2), expect.stringContaining('0.2')],
    [perOperation, { probabilisticSampling: { samplingRate: 0.1 } }, expect.stringContaining('0.1')],
    [limited, 'no strategies', '"no strategies" for service shop'],
  ])('is told where it is something else than %o: %o', (strategy, served, found) => {
    expect(judgeStrategies('pod tracing/a', [answer(strategy, served)])).toMatchObject({
      outcome: 'failed',
      subject: 'pod tracing/a',
      found,
    });
  });

  it('counts the services that it is wrong about, and tells a refusal', () => {
    const found = judgeStrategies('pod tracing/a', [answer(half, undefined, 503), answer(limited, undefined, 503)]);
    expect(found).toMatchObject({ outcome: 'failed', found: 'an answer of 503 for service shop; and 1 more' });
  });
});

describe('what has to be served', () => {
  const operation = (name: string, param: number) => ({ type: 'probabilistic' as const, operation: name, param });
  const fallback = { ...half, operations: [operation('GET /health', 0), operation('GET /', 0.7)] };

  it('adds the operations of the default to a service that does not list them, as Jaeger does', () => {
    const services = [
      { ...half, service: 'plain' },
      { ...perOperation, service: 'own' },
      { ...limited, service: 'limited' },
    ];
    expect([...wantedStrategies({ default: fallback, services }).values()]).toEqual([
      { ...half, operations: fallback.operations },
      { ...perOperation, operations: [operation('GET /', 1), operation('GET /health', 0)] },
      limited,
      fallback,
    ]);
  });

  it('adds nothing where the default has no operations', () => {
    const services = [{ ...perOperation, service: 'own' }];
    expect(wantedStrategies({ default: limited, services }).get('own')).toEqual(perOperation);
    expect(wantedStrategies({ default: half, services }).get('own')).toEqual(perOperation);
  });
});
