import { describe, expect, it } from 'vitest';
import { samplingSchema } from '../../../../infra/schema/samplingSchema.ts';

const valid = {
  default: { type: 'probabilistic', param: 0.1 },
  services: [
    {
      service: 'storefront',
      type: 'probabilistic',
      param: 1,
      operations: [{ operation: 'GET /', type: 'probabilistic', param: 0 }],
    },
    { service: 'orders', type: 'ratelimiting', param: 5 },
  ],
};

function problemOf(sampling: unknown): string | undefined {
  const issue = samplingSchema(1).safeParse(sampling).error?.issues[0];
  return issue && `${issue.path.join('.')}: ${issue.message}`;
}

describe('samplingSchema', () => {
  it('takes shares and rates, by service and by operation', () => {
    expect(problemOf(valid)).toBeUndefined();
  });

  it.each([
    [
      'an unknown type',
      { ...valid, default: { type: 'adaptive', param: 1 } },
      'default.type: must be "probabilistic" or "ratelimiting": Jaeger turns any other type into 0.001 without saying so',
    ],
    [
      'a share above one',
      { ...valid, default: { type: 'probabilistic', param: 1.1 } },
      'default.param: must be a number from 0 to 1 (share of traces)',
    ],
    [
      'a missing share',
      { ...valid, default: { type: 'probabilistic' } },
      'default.param: must be a number from 0 to 1 (share of traces)',
    ],
    [
      'a broken rate, which Jaeger would cut to 0',
      { ...valid, services: [{ service: 'a', type: 'ratelimiting', param: 0.5 }] },
      'services.0.param: must be a whole number from 0 to 2147483647 (traces per second)',
    ],
    [
      'a rate that does not fit into an int32',
      { ...valid, services: [{ service: 'a', type: 'ratelimiting', param: 2 ** 31 }] },
      'services.0.param: must be a whole number from 0 to 2147483647 (traces per second)',
    ],
    [
      'a rate on an operation',
      {
        ...valid,
        services: [
          {
            service: 'a',
            type: 'probabilistic',
            param: 1,
            operations: [{ operation: 'x', type: 'ratelimiting', param: 1 }],
          },
        ],
      },
      'services.0.operations.0.type: must be "probabilistic": Jaeger drops every other type on an operation without saying so',
    ],
    [
      'operations of a rate-limited service',
      { ...valid, services: [{ service: 'a', type: 'ratelimiting', param: 1, operations: [] }] },
      'services.0.operations: is not allowed beside "ratelimiting": client libraries would sample the whole service probabilistically',
    ],
    [
      'default operations beside a rate-limited service',
      {
        default: { type: 'probabilistic', param: 1, operations: [{ operation: 'x', type: 'probabilistic', param: 0 }] },
        services: [{ service: 'a', type: 'ratelimiting', param: 1 }],
      },
      'services.0.type: must not be "ratelimiting" beside default.operations: Jaeger ignores those for a rate-limited service',
    ],
    [
      'a service listed twice',
      { ...valid, services: [...valid.services, { service: 'orders', type: 'probabilistic', param: 1 }] },
      'services.2.service: is listed twice: Jaeger would keep only the last',
    ],
    [
      'a service without a name',
      { ...valid, services: [{ service: ' ', type: 'probabilistic', param: 1 }] },
      'services.0.service: must be a name of at least one letter',
    ],
  ])('refuses %s', (_what, sampling, problem) => {
    expect(problemOf(sampling)).toBe(problem);
  });
});
