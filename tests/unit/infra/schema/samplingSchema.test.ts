import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { samplingSchema } from '../../../../infra/schema/samplingSchema.ts';
import { anyService, anyStrategies } from '../../../support/samplingArbitraries.ts';

const schema = samplingSchema(0.1);

/** What is wrong, one line each: where, and what is said about it. */
function problemsOf(sampling: unknown): string[] {
  return (schema.safeParse(sampling).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const withDefault = (strategy: unknown) => ({ default: strategy });
const withService = (strategy: object) => ({ services: [{ service: 'shop', ...strategy }] });
const withOperation = (operation: object) =>
  withService({ type: 'probabilistic', param: 1, operations: [{ operation: 'GET /', ...operation }] });

const wrongType =
  'must be "probabilistic" or "ratelimiting": Jaeger turns any other type, and a missing one, into 0.001 without saying so';
const noMapping =
  'must be a mapping like { type: probabilistic, param: 0.1 }: Jaeger samples 0.001 without one, and in a list its collectors crash on it';
const shareRange = 'must be a number from 0 to 1 (share of traces)';
const rateRange = 'must be a whole number from 1 to 32767 (traces per second and process)';
const nameForm = 'must be a name of 1 to 256 visible characters, without blanks at its ends';
const inLog = 'Jaeger refuses the whole file, and says so only in its log';

describe('samplingSchema', () => {
  it('takes shares and rates, by service and by operation', () => {
    const sampling = {
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
    expect(problemsOf(sampling)).toEqual([]);
  });

  it('makes nothing the share that the environment samples', () => {
    expect(schema.parse({})).toEqual({
      reloadIntervalSeconds: 10,
      default: { type: 'probabilistic', param: 0.1, operations: [] },
      services: [],
    });
  });

  it.each([
    [{ type: 'guess', param: 1 }, wrongType],
    [{ type: 'Probabilistic', param: 1 }, `${wrongType}; write "probabilistic"`],
    [{ type: ' probabilistic', param: 1 }, `${wrongType}; write "probabilistic"`],
    [{ type: 'rate_limiting', param: 1 }, `${wrongType}; write "ratelimiting"`],
    [{ type: 'const', param: 1 }, `${wrongType}; write "probabilistic" with param 0 or 1`],
    [{ type: 'adaptive', param: 1 }, `${wrongType}; its adaptive sampling does not work with Elasticsearch`],
    [{ type: 0, param: 1 }, wrongType],
    [{ param: 1 }, wrongType],
    [{}, wrongType],
  ])('refuses the type of the strategy %j', (strategy, message) => {
    expect(problemsOf(withDefault(strategy))).toEqual([`default.type: ${message}`]);
    expect(problemsOf(withService(strategy))).toEqual([`services.0.type: ${message}`]);
  });

  it.each([[null], ['probabilistic'], [0.5], [[]]])('refuses %j for a strategy', (strategy) => {
    expect(problemsOf(withDefault(strategy))).toEqual([`default: ${noMapping}`]);
    expect(problemsOf({ services: [strategy] })).toEqual([`services.0: ${noMapping}`]);
  });

  it.each([
    [undefined, `${shareRange}: Jaeger takes 0, and samples nothing`],
    ['0.5', `must be from 0 to 1 (share of traces), a number without quotes: ${inLog}`],
    [null, `must be from 0 to 1 (share of traces), a number without quotes: ${inLog}`],
    [Number.NaN, shareRange],
    [-0.1, `${shareRange}: client libraries sample nothing, or keep what they had; write 0`],
    [50, `${shareRange}: client libraries sample everything, or keep what they had; write 0.5 for 50 %`],
    [33.3, `${shareRange}: client libraries sample everything, or keep what they had; write 0.333 for 33.3 %`],
    [101, `${shareRange}: client libraries sample everything, or keep what they had`],
    [1e-10, 'must be 0 or from 0.000000001 to 1 (share of traces): client libraries sample nothing; write 0'],
  ])('refuses the share %j', (param, message) => {
    const strategy = { type: 'probabilistic', param };
    expect(problemsOf(withDefault(strategy))).toEqual([`default.param: ${message}`]);
    expect(problemsOf(withService(strategy))).toEqual([`services.0.param: ${message}`]);
    expect(problemsOf(withOperation(strategy))).toEqual([`services.0.operations.0.param: ${message}`]);
  });

  it.each([
    [undefined, `${rateRange}: Jaeger takes 0`],
    ['5', `must be from 1 to 32767 (traces per second and process), a number without quotes: ${inLog}`],
    [Number.NaN, rateRange],
    [
      0,
      `${rateRange}: client libraries sample the first trace of each process all the same; write "probabilistic" with param 0`,
    ],
    [0.5, `${rateRange}: Jaeger cuts 0.5 to 0; write 1, or a share with "probabilistic"`],
    [2.5, `${rateRange}: Jaeger cuts 2.5 to 2; write 3, or a share with "probabilistic"`],
    [-1, `${rateRange}: client libraries fail, or sample nothing; write "probabilistic" with param 0`],
    [32_768, `${rateRange}: agents answer older clients with an error; write "probabilistic" with param 1`],
    [2 ** 31, `${rateRange}: Jaeger makes -2147483648 of it; write "probabilistic" with param 1`],
    [1e300, `${rateRange}: Jaeger makes -2147483648 of it; write "probabilistic" with param 1`],
  ])('refuses the rate %j', (param, message) => {
    const strategy = { type: 'ratelimiting', param };
    expect(problemsOf(withDefault(strategy))).toEqual([`default.param: ${message}`]);
    expect(problemsOf(withService(strategy))).toEqual([`services.0.param: ${message}`]);
  });

  it.each([
    ['ratelimiting', 'Jaeger drops "ratelimiting" on an operation, which is then sampled as the rest of its service'],
    ['guess', 'Jaeger turns any other type, and a missing one, into 0.001 without saying so'],
    [undefined, 'Jaeger turns any other type, and a missing one, into 0.001 without saying so'],
  ])('refuses the type %j of an operation', (type, reason) => {
    expect(problemsOf(withOperation({ type, param: 1 }))).toEqual([
      `services.0.operations.0.type: must be "probabilistic": ${reason}`,
    ]);
  });

  it.each([
    [undefined, `${nameForm}: Jaeger takes the empty name, which no application has`],
    ['', `${nameForm}: no application has such a name`],
    [' ', `${nameForm}: no application has such a name`],
    [123, `${nameForm}, in quotes: ${inLog}`],
    [null, `${nameForm}, in quotes: ${inLog}`],
    [' shop', `${nameForm}: Jaeger compares it letter by letter, and it never matches; write "shop"`],
    ['shop\n', `${nameForm}: Jaeger compares it letter by letter, and it never matches; write "shop"`],
    ['sh\u200Bop', `${nameForm}: it has a character that cannot be seen, and never matches`],
    ['sh\top', `${nameForm}: it has a character that cannot be seen, and never matches`],
    ['shop\uD800', `${nameForm}: it has a character that cannot be seen, and never matches`],
    ['x'.repeat(257), `${nameForm}: Elasticsearch does not index a longer one, so that no trace would be found by it`],
  ])('refuses the name %j', (name, message) => {
    expect(problemsOf(withOperation({ operation: name, type: 'probabilistic', param: 1 }))).toEqual([
      `services.0.operations.0.operation: ${message}`,
    ]);
    expect(problemsOf({ services: [{ service: name, type: 'ratelimiting', param: 1 }] })).toEqual([
      `services.0.service: ${message}`,
    ]);
  });

  it('refuses operations of a rate-limited strategy', () => {
    const message =
      'is not allowed beside "ratelimiting": Jaeger hands out 0.001 for every other operation, and client libraries drop the ' +
      'rate; write "probabilistic", or leave the operations out';
    const strategy = { type: 'ratelimiting', param: 1, operations: [] };
    expect(problemsOf(withDefault(strategy))).toEqual([`default.operations: ${message}`]);
    expect(problemsOf(withService(strategy))).toEqual([`services.0.operations: ${message}`]);
  });

  it.each([
    [
      { default: { type: 'probabilistic', param: 1, parm: 1 } },
      ': is not a known key; did you mean "param"? (known here: type, param, operations)',
    ],
    [{ services: null }, 'services: must be a list of mappings with the keys service, type and param'],
    [
      withService({ type: 'probabilistic', param: 1, operations: {} }),
      'services.0.operations: must be a list of mappings with the keys operation, type and param',
    ],
    [{ reloadIntervalSeconds: 0 }, 'reloadIntervalSeconds: must be a whole number from 1 to 3600 (seconds)'],
  ])('refuses %j, which Jaeger would ignore', (sampling, problem) => {
    expect(problemsOf(sampling)).toEqual([expect.stringContaining(problem)]);
  });

  it('says everything at once', () => {
    const sampling = {
      default: { type: 'guess' },
      services: [
        { service: 'a', type: 'ratelimiting', param: 0.5 },
        { service: 'a', type: 'probabilistic', param: 2 },
      ],
    };
    expect(problemsOf(sampling).map((problem) => problem.slice(0, problem.indexOf(':')))).toEqual([
      'default.type',
      'services.0.param',
      'services.1.param',
      'services.1.service',
    ]);
  });

  it('takes whatever has names and numbers within bounds', () => {
    fc.assert(
      fc.property(anyStrategies, (strategies) => {
        expect(problemsOf(strategies)).toEqual([]);
      }),
    );
  });

  it('answers anything else with problems, never with another error', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), anyService, (fallback, operations, service) => {
        problemsOf({ default: fallback, services: [{ ...service, operations }] });
      }),
    );
  });
});
