import { describe, expect, it } from 'vitest';
import { samplingStrategiesFile } from '../../../../infra/jaeger/samplingStrategies.ts';

describe('samplingStrategiesFile', () => {
  it("writes the keys of Jaeger's file format, operations only where there are some", () => {
    const file = samplingStrategiesFile({
      default: { type: 'probabilistic', param: 0.5, operations: [] },
      services: [
        { service: 'orders', type: 'ratelimiting', param: 5 },
        {
          service: 'shop',
          type: 'probabilistic',
          param: 1,
          operations: [{ operation: 'GET /', type: 'probabilistic', param: 0 }],
        },
      ],
    });
    expect(JSON.parse(file)).toEqual({
      default_strategy: { type: 'probabilistic', param: 0.5 },
      service_strategies: [
        { service: 'orders', type: 'ratelimiting', param: 5 },
        {
          service: 'shop',
          type: 'probabilistic',
          param: 1,
          operation_strategies: [{ operation: 'GET /', type: 'probabilistic', param: 0 }],
        },
      ],
    });
  });
});
