import { expect, test } from 'vitest';
import { samplingStrategiesFile } from '../../../../infra/jaeger/samplingStrategies.ts';
import { configMapProblem, samplingProblem } from '../../../../tools/up/samplingProblem.ts';

const file = 'strategies.json';
const after = ': collectors that run keep the strategies they have; npm run up writes it anew';

test('what the stack writes is in order', () => {
  const strategies = samplingStrategiesFile({
    default: { type: 'probabilistic', param: 0.5, operations: [] },
    services: [
      { service: 'shop', type: 'ratelimiting', param: 2 },
      {
        service: 'bank',
        type: 'probabilistic',
        param: 1,
        operations: [{ operation: 'a', type: 'probabilistic', param: 0 }],
      },
    ],
  });
  expect(samplingProblem({ [file]: strategies })).toBeUndefined();
});

test.each([
  ['{"default_strategy"', /^strategies\.json is not JSON \(.*\)/],
  ['[]', /^strategies\.json is not in the format of Jaeger's strategies/],
  ['{"default":{"type":"probabilistic","param":1}}', /^strategies\.json is not in the format of Jaeger's strategies/],
  ['{"default_strategy":{"type":"guess","param":1}}', /^strategies\.json:1:\d+: default_strategy\.type = "guess": /],
  ['{"default_strategy":{"type":"probabilistic","param":7},"x":1}', /^strategies\.json:.* \(and 1 more\)/],
])('strategies that were changed to %s by hand are told, and how they come back', (text, words) => {
  const problem = samplingProblem({ [file]: text });
  expect(problem).toMatch(words);
  expect(problem?.endsWith(after)).toBe(true);
});

test('a ConfigMap without a file is told', () => {
  expect(samplingProblem({})).toBe(`is empty${after}`);
});

test('a ConfigMap that was deleted is told', () => {
  expect(configMapProblem(undefined)).toBe(`is missing${after}`);
  expect(configMapProblem({})).toBe(`is empty${after}`);
});

test('a ConfigMap whose text would drive the terminal is told without that', () => {
  expect(samplingProblem({ [file]: '\u001B[2J\u202E' })).not.toMatch(/[\p{Cc}\u202E]/u);
});
