import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { samplingStrategiesFile } from '../../../../infra/jaeger/samplingStrategies.ts';
import { parseSamplingDocument } from '../../../../infra/schema/samplingDocument.ts';
import { samplingSchema } from '../../../../infra/schema/samplingSchema.ts';
import { anyStrategies } from '../../../support/samplingArbitraries.ts';

/** The problems of a file, as a user reads them. */
function problemsOf(text: string): string[] {
  return parseSamplingDocument(text, 'sampling.yaml').problems.map(
    ({ key, value, message }) => `${key}${value === undefined ? '' : ` = ${value}`}: ${message}`,
  );
}

const allowed =
  "must be a mapping with the keys default and services, or default_strategy and service_strategies, which are Jaeger's";

describe('parseSamplingDocument', () => {
  it('reads our model as YAML', () => {
    const text = `
# Everything of the storefront, little of the rest.
default: &little { type: probabilistic, param: 0.1 }
services:
  - { service: storefront, type: ratelimiting, param: 5 }
  - { service: orders, type: probabilistic, param: 0.1, operations: [{ operation: GET /, type: probabilistic, param: 0 }] }
`;
    expect(parseSamplingDocument(text, 'sampling.yaml')).toEqual({
      problems: [],
      sampling: {
        default: { type: 'probabilistic', param: 0.1 },
        services: [
          { service: 'storefront', type: 'ratelimiting', param: 5 },
          {
            service: 'orders',
            type: 'probabilistic',
            param: 0.1,
            operations: [{ operation: 'GET /', type: 'probabilistic', param: 0 }],
          },
        ],
      },
    });
  });

  it("reads Jaeger's own format as JSON, indented with tabs", () => {
    const text =
      '{\n\t"service_strategies": [{"service": "shop", "type": "ratelimiting", "param": 5}],\n\t"default_strategy": ' +
      '{"type": "probabilistic", "param": 0.5, "operation_strategies": [{"operation": "GET /", "type": "probabilistic", "param": 0}]}}';
    expect(parseSamplingDocument(text, 'strategies.json').sampling).toEqual({
      default: {
        type: 'probabilistic',
        param: 0.5,
        operations: [{ operation: 'GET /', type: 'probabilistic', param: 0 }],
      },
      services: [{ service: 'shop', type: 'ratelimiting', param: 5 }],
    });
  });

  it('reads back what is written for Jaeger, and the model itself as YAML', () => {
    const schema = samplingSchema(1);
    fc.assert(
      fc.property(anyStrategies, (strategies) => {
        const model = schema.parse(strategies);
        for (const text of [samplingStrategiesFile(strategies), stringify(strategies), JSON.stringify(strategies)]) {
          const { sampling, problems } = parseSamplingDocument(text, 'any');
          expect(problems).toEqual([]);
          expect(schema.parse(sampling)).toEqual(model);
        }
      }),
    );
  });

  it.each([
    [
      'default:\n  type: probabilistic\n  param: 2',
      'sampling.yaml:3:3: default.param = 2: must be a number from 0 to 1',
    ],
    ['default: { type: probabilistic }', 'sampling.yaml:1:1: default.param: is missing: must be a number from 0 to 1'],
    [
      'services:\n  - service: 12\n    type: ratelimiting\n    param: 1',
      'sampling.yaml:2:5: services[0].service = 12: must be a name of 1 to 256 visible characters',
    ],
    ['defalt: {}', 'sampling.yaml:1:1: defalt: is not a known key; did you mean "default"?'],
    [
      'services:\n  - { service: a, type: ratelimiting, param: 1 }\n  - { service: a, type: ratelimiting, param: 2 }',
      'sampling.yaml:3:7: services[1].service = "a": is listed twice: Jaeger would keep only the last; keep one',
    ],
    ['services: [*all]\ndefault: &all 1', `sampling.yaml: is not YAML or JSON (Unresolved alias`],
  ])('names the line and the path in our model: %j', (text, problem) => {
    expect(problemsOf(text)).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    [
      '{\n"default_strategy": {"type": "probabilistic", "param": 1},\n"service_strategies": [{"service": "a", "type": "ratelimiting", "param": 0.5}]}',
      'sampling.yaml:3:65: service_strategies[0].param = 0.5: must be a whole number from 1 to 32767',
    ],
    [
      'default_strategy: { type: probabilistic, param: 1, operations: [] }',
      'sampling.yaml:1:52: default_strategy.operations: is not a known key (known here: type, param, operation_strategies); Jaeger would pass over it',
    ],
    [
      'default_stategy: { type: probabilistic, param: 1 }\ndefault_strategy: { type: probabilistic, param: 1 }',
      'sampling.yaml:1:1: default_stategy: is not a known key; did you mean "default_strategy"? (known here: default_strategy, service_strategies); Jaeger would pass over it',
    ],
    [
      'service_strategies: []',
      'sampling.yaml:1:1: default_strategy: is missing: Jaeger samples 0.001 of every service that is not listed; write what you want of them',
    ],
    [
      'default_strategy: { type: ratelimiting, param: 1, operation_strategies: [] }',
      'sampling.yaml:1:51: default_strategy.operation_strategies = []: is not allowed beside "ratelimiting"',
    ],
    [
      'default_strategy: { type: probabilistic, param: 1 }\nservice_strategies: [null]',
      'sampling.yaml:2:22: service_strategies[0] = null: must be a mapping like',
    ],
    [
      'default_strategy: { type: probabilistic, param: 1 }\nreloadIntervalSeconds: 3',
      'sampling.yaml:2:1: reloadIntervalSeconds: is not a known key (known here: default_strategy, service_strategies); Jaeger would pass over it',
    ],
  ])("names the line and the path in Jaeger's format: %j", (text, problem) => {
    expect(problemsOf(text)).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    ['default: [', `sampling.yaml:1:11: is not YAML or JSON (`],
    ['{"default": {"type": "probabilistic", "param": 1}', `sampling.yaml:1:50: is not YAML or JSON (`],
    ['default:\n\ttype: x', `sampling.yaml:2:1: is not YAML or JSON (Tabs are not allowed as indentation): ${allowed}`],
    ['default: !custom 1', 'sampling.yaml:1:10: is not YAML or JSON (Unresolved tag: !custom)'],
    ['default: 1\n---\nservices: 2', 'sampling.yaml:2:1: is not YAML or JSON ('],
    [
      '{"default": {"type": "ratelimiting", "param": 1, "param": 2}}',
      'sampling.yaml:1:50: is not YAML or JSON (Map keys must be unique): Jaeger would keep only the last of these keys; keep one',
    ],
    ['default: &a [*a]', 'sampling.yaml: is not YAML or JSON (an alias stands within what it names)'],
  ])('says where %j is broken', (text, problem) => {
    expect(problemsOf(text)).toEqual([expect.stringContaining(problem)]);
  });

  it.each(['', '# nothing', 'null', '{}', '[]', 'hunter2', '3'])(
    'says what is allowed in the place of %j, and repeats none of it',
    (text) => {
      expect(problemsOf(text)).toEqual([
        `sampling.yaml: ${allowed}: Jaeger would sample 0.001 of everything without one`,
      ]);
    },
  );

  it('answers any text with strategies or problems, never with another error', () => {
    const structure = fc.jsonValue().map((value) => stringify({ default: value, service_strategies: value }));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string({ unit: fc.constantFrom(...Array.from('{}[]:,"\'&*!|>-?# \n\taé1')) }),
          structure,
        ),
        (text) => {
          problemsOf(text);
        },
      ),
    );
  });
});
