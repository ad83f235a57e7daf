import { describe, expect, it } from 'vitest';
import type { ServiceStrategy } from '../../../../../../infra/jaeger/samplingStrategies.ts';
import { judgeStrategies } from '../../../../../../tools/validate/checks/sampling/strategiesServed.ts';

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
