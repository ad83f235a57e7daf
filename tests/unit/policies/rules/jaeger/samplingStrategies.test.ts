import { describe, expect, it } from 'vitest';
import { repeatedKey } from '../../../../../policies/rules/jaeger/repeatedKey.ts';
import { samplingProblems } from '../../../../../policies/rules/jaeger/samplingStrategies.ts';

const half = { type: 'probabilistic', param: 0.5 };
const sentences = (document: unknown) =>
  [...samplingProblems(typeof document === 'string' ? document : JSON.stringify(document))].map(
    ({ path, problem }) => `${path}: ${problem}`,
  );
const operation = (name: string, more: object = {}) => ({ operation: name, ...half, ...more });

describe('samplingProblems', () => {
  it.each<[unknown, readonly string[]]>([
    ['default_strategy: {}', [': is no mapping as JSON, as Jaeger needs it']],
    [{}, ['default_strategy: is missing: Jaeger samples 0.001 of every service that is not listed']],
    [{ default_strategy: 5 }, ['default_strategy: is 5: it must be a mapping with a type and a param']],
    [
      { default_strategy: { type: 'const', param: 1 } },
      ['default_strategy.type: is "const": it must be "probabilistic" or "ratelimiting", or Jaeger samples 0.001'],
    ],
    [
      { default_strategy: { ...half, param: '0.5' } },
      ['default_strategy.param: is "0.5": it must be 0, or a number from 0.000000001 to 1 (share of traces)'],
    ],
    [
      { default_strategy: { type: 'ratelimiting', param: 0.5, operation_strategies: [] } },
      [
        'default_strategy.param: is 0.5: it must be a whole number from 1 to 32767 (traces per second), since Jaeger cuts fractions off',
        'default_strategy.operation_strategies: must not stand beside "ratelimiting": client libraries drop the rate',
      ],
    ],
    [
      { default_strategy: { ...half, Param: 1 }, services: [] },
      [
        'services: is no key that Jaeger knows here: it must be one of default_strategy, service_strategies',
        'default_strategy.Param: is no key that Jaeger knows here: it must be one of type, param, operation_strategies',
      ],
    ],
    [{ default_strategy: half, service_strategies: {} }, ['service_strategies: must be a list of mappings']],
    [
      {
        default_strategy: half,
        service_strategies: [
          { service: ' a', ...half },
          { service: 'b', ...half },
          { service: 'b', ...half },
        ],
      },
      [
        'service_strategies[2].service: is "b", which is listed before: Jaeger keeps only the last',
        'service_strategies[0].service: is " a": it must be a name of 1 to 256 visible characters, without blanks at its ends',
      ],
    ],
    [
      {
        default_strategy: {
          ...half,
          operation_strategies: [operation('a', { type: 'ratelimiting' }), null, operation('a')],
        },
        service_strategies: [{ service: 'shop', type: 'ratelimiting', param: 5 }],
      },
      [
        'default_strategy.operation_strategies[2].operation: is "a", which is listed before: which of them counts is up to each client library',
        'default_strategy.operation_strategies[0].type: is "ratelimiting": it must be "probabilistic", or Jaeger drops it or samples 0.001',
        'default_strategy.operation_strategies[1]: must be a mapping with an operation, a type and a param',
        'service_strategies[0].type: must not be "ratelimiting" beside operations of the default: Jaeger ignores those for such a service',
      ],
    ],
    [
      { default_strategy: { ...half, operation_strategies: 'a' } },
      ['default_strategy.operation_strategies: must be a list of mappings'],
    ],
    [
      '{"default_strategy":{"type":"probabilistic","param":0,"param":1}}',
      [': has the key "param" twice in one place: Jaeger keeps only the last'],
    ],
  ])('of %j says what is wrong', (document, said) => {
    expect(sentences(document)).toEqual(said);
  });

  it('refuses what does not fit into a ConfigMap', () => {
    const json = JSON.stringify({ default_strategy: half }) + ' '.repeat(1024 * 1024);
    expect(sentences(json)).toEqual([`: has ${json.length} bytes: a ConfigMap must not have more than 1048576`]);
  });
});

describe('repeatedKey', () => {
  it.each([
    ['{"a":1,"a":2}', 'a'],
    [String.raw`{"a":1,"\u0061":2}`, 'a'],
    ['{"a":[{"b":1},{"b":1,"b":2}]}', 'b'],
    ['{"a":{"x":1},"b":{"x":1}}', undefined],
    [String.raw`{"a":"{\"a\":1,\"a\":1}"}`, undefined],
    ['{"a":["a","a","a"]}', undefined],
    ['{"a" : "b", "b" : "a"}', undefined],
    ['[]', undefined],
    ['"a"', undefined],
  ])('of %s is %s', (json, key) => {
    expect(repeatedKey(json)).toBe(key);
  });
});
