import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSamplingStrategy } from '../../../../../runtime/src/tracing/sampling/parseSamplingStrategy.ts';
import { SamplingStrategyError } from '../../../../../runtime/src/tracing/sampling/samplingStrategyError.ts';
import { answers } from './samplingFixtures.ts';

const parse = (answer: unknown) => parseSamplingStrategy(JSON.stringify(answer));

const operationSampling = answers.operations(0.5, { pay: 1 }).operationSampling;
const withOperations = (changed: object) => ({
  ...answers.share(1),
  operationSampling: { ...operationSampling, ...changed },
});

describe('parseSamplingStrategy reads', () => {
  it.each([
    ['a share', answers.share(0.25), { type: 'probabilistic', ratio: 0.25 }],
    ['a share of 0', answers.share(0), { type: 'probabilistic', ratio: 0 }],
    ['a share of older agents', { ...answers.share(1), strategyType: 0 }, { type: 'probabilistic', ratio: 1 }],
    ['a rate', answers.rate(32_767), { type: 'ratelimiting', maxTracesPerSecond: 32_767 }],
    [
      'a rate of older agents',
      { ...answers.rate(3), strategyType: 1 },
      { type: 'ratelimiting', maxTracesPerSecond: 3 },
    ],
    ['the largest rate', answers.rate(2 ** 31 - 1), { type: 'ratelimiting', maxTracesPerSecond: 2 ** 31 - 1 }],
    [
      'null as nothing, and keys that are not known',
      { ...answers.share(1), rateLimitingSampling: null, operationSampling: null, news: true },
      { type: 'probabilistic', ratio: 1 },
    ],
    [
      'operations with a lower bound',
      answers.operations(0.5, { 'GET /': 1, '': 0 }, 0.25),
      {
        type: 'peroperation',
        fallback: { type: 'probabilistic', ratio: 0.5 },
        lowerBoundTracesPerSecond: 0.25,
        ratios: new Map([
          ['GET /', 1],
          ['', 0],
        ]),
      },
    ],
    [
      'operations without a share beside them, as adaptive sampling has them',
      { ...answers.operations(0.5, {}, 2), probabilisticSampling: undefined },
      {
        type: 'peroperation',
        fallback: { type: 'probabilistic', ratio: 0.5 },
        lowerBoundTracesPerSecond: 2,
        ratios: new Map(),
      },
    ],
    [
      'operations of a rate-limited service as exceptions to the rate',
      { ...answers.operations(0.001, { pay: 1 }), ...answers.rate(3) },
      {
        type: 'peroperation',
        fallback: { type: 'ratelimiting', maxTracesPerSecond: 3 },
        lowerBoundTracesPerSecond: 0,
        ratios: new Map([['pay', 1]]),
      },
    ],
  ])('%s', (_what, answer, expected) => {
    expect(parse(answer)).toEqual(expected);
  });

  it('the last of two strategies of an operation', () => {
    const strategies = [
      ['a', 0.1],
      ['b', 0.2],
      ['b', 0.1],
      ['a', 0.2],
    ].map(([operation, samplingRate]) => ({ operation, probabilisticSampling: { samplingRate } }));
    expect(parse(withOperations({ perOperationStrategies: strategies }))).toMatchObject({
      ratios: new Map([
        ['a', 0.2],
        ['b', 0.1],
      ]),
    });
  });

  it('an operation with the name of a prototype', () => {
    const answer = JSON.stringify(answers.operations(0.5, { X: 1 })).replace('X', '__proto__');
    expect(parseSamplingStrategy(answer)).toMatchObject({ ratios: new Map([['__proto__', 1]]) });
  });
});

describe('parseSamplingStrategy refuses', () => {
  it.each([
    ['nothing', '', 'the answer is ""; allowed: JSON'],
    ['a page', '<html>', 'the answer is "<html>"; allowed: JSON'],
    ['half an answer', '{"strategyType":', 'the answer is "{\\"strategyType\\":"; allowed: JSON'],
    ['null', 'null', 'the answer is null; allowed: an object'],
    ['an array', '[]', 'the answer is an array; allowed: an object'],
    ['NaN', '{"strategyType":NaN}', 'the answer is "{\\"strategyType\\":NaN}"; allowed: JSON'],
    [
      'a share that is too large for a number',
      '{"strategyType":0,"probabilisticSampling":{"samplingRate":1e999}}',
      'probabilisticSampling.samplingRate is Infinity; allowed: a number from 0 to 1',
    ],
    [
      'a rate that is too large for a number',
      '{"strategyType":1,"rateLimitingSampling":{"maxTracesPerSecond":1e999}}',
      'rateLimitingSampling.maxTracesPerSecond is Infinity; allowed: a number of traces per second, at least 0',
    ],
    [
      'what only a prototype has',
      '{"__proto__":{"strategyType":0,"probabilisticSampling":{"samplingRate":1}}}',
      'strategyType is missing; allowed: PROBABILISTIC, RATE_LIMITING, 0 or 1',
    ],
  ])('%s', (_what, body, message) => {
    expect(() => parseSamplingStrategy(body)).toThrow(expect.objectContaining({ message }));
  });

  const share = 'a number from 0 to 1';
  const rate = 'a number of traces per second, at least 0';
  it.each([
    [{}, 'strategyType', 'missing', 'PROBABILISTIC, RATE_LIMITING, 0 or 1'],
    [{ ...answers.share(1), strategyType: 'probabilistic' }, 'strategyType', '"probabilistic"', undefined],
    [{ ...answers.share(1), strategyType: 2 }, 'strategyType', '2', undefined],
    [{ ...answers.share(1), strategyType: true }, 'strategyType', 'true', undefined],
    [{ strategyType: 0 }, 'probabilisticSampling', 'missing', 'an object'],
    [{ strategyType: 0, probabilisticSampling: null }, 'probabilisticSampling', 'null', 'an object'],
    [{ strategyType: 0, probabilisticSampling: {} }, 'probabilisticSampling.samplingRate', 'missing', share],
    [answers.share(50), 'probabilisticSampling.samplingRate', '50', share],
    [answers.share(-1e-9), 'probabilisticSampling.samplingRate', '-1e-9', share],
    [answers.rate(-(2 ** 31)), 'rateLimitingSampling.maxTracesPerSecond', '-2147483648', rate],
    [{ ...answers.share(1), strategyType: 1 }, 'rateLimitingSampling', 'missing', 'an object'],
    [
      { strategyType: 1, rateLimitingSampling: { maxTracesPerSecond: '3' } },
      'rateLimitingSampling.maxTracesPerSecond',
      '"3"',
      rate,
    ],
    [{ ...answers.share(1), operationSampling: [] }, 'operationSampling', 'an array', 'an object'],
    [{ ...answers.share(1), operationSampling: 1 }, 'operationSampling', '1', 'an object'],
    [
      withOperations({ defaultSamplingProbability: undefined }),
      'operationSampling.defaultSamplingProbability',
      'missing',
      share,
    ],
    [
      withOperations({ defaultLowerBoundTracesPerSecond: -1 }),
      'operationSampling.defaultLowerBoundTracesPerSecond',
      '-1',
      rate,
    ],
    [
      withOperations({ perOperationStrategies: {} }),
      'operationSampling.perOperationStrategies',
      'an object',
      'an array',
    ],
    [
      withOperations({ perOperationStrategies: [null] }),
      'operationSampling.perOperationStrategies[0]',
      'null',
      'an object',
    ],
    [
      withOperations({ perOperationStrategies: [...operationSampling.perOperationStrategies, { operation: 1 }] }),
      'operationSampling.perOperationStrategies[1].operation',
      '1',
      'a string',
    ],
    [
      withOperations({ perOperationStrategies: [{ operation: 'pay', probabilisticSampling: { samplingRate: 2 } }] }),
      'operationSampling.perOperationStrategies[0].probabilisticSampling.samplingRate',
      '2',
      share,
    ],
  ])('%j', (answer, path, found, allowed) => {
    const expected = { name: 'SamplingStrategyError', path, found, ...(allowed === undefined ? {} : { allowed }) };
    expect(() => parse(answer)).toThrow(expect.objectContaining(expected));
  });

  it('what is long in a short sentence', () => {
    expect(() => parseSamplingStrategy('x'.repeat(1_000_000))).toThrow(
      expect.objectContaining({ message: `the answer is "${'x'.repeat(100)}"; allowed: JSON` }),
    );
  });
});

describe('parseSamplingStrategy, whatever it is given,', () => {
  const keys = [
    'strategyType',
    'probabilisticSampling',
    'samplingRate',
    'rateLimitingSampling',
    'maxTracesPerSecond',
    'operationSampling',
    'defaultSamplingProbability',
    'defaultLowerBoundTracesPerSecond',
    'perOperationStrategies',
    'operation',
    '__proto__',
    'constructor',
    'toString',
  ];
  const leaf = fc.oneof(fc.jsonValue(), fc.constantFrom('PROBABILISTIC', 'RATE_LIMITING', 0, 1, -1, 0.5, null, [], {}));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { withCrossShrink: true, maxDepth: 5 },
      leaf,
      fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 8 }),
      fc.array(tie('value'), { maxLength: 3 }),
    ),
  }));
  const likely = fc.record(
    {
      strategyType: fc.oneof(fc.constantFrom('PROBABILISTIC', 'RATE_LIMITING', 0, 1), value),
      probabilisticSampling: fc.oneof(fc.record({ samplingRate: value }), value),
      rateLimitingSampling: fc.oneof(fc.record({ maxTracesPerSecond: value }), value),
      operationSampling: fc.oneof(
        fc.record(
          {
            defaultSamplingProbability: fc.oneof(fc.constant(0.5), value),
            defaultLowerBoundTracesPerSecond: fc.oneof(fc.constant(0), value),
            perOperationStrategies: fc.oneof(fc.array(value), value),
          },
          { requiredKeys: [] },
        ),
        value,
      ),
    },
    { requiredKeys: [] },
  );
  const body = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.oneof(value, likely).map((answer) => JSON.stringify(answer)),
    likely.chain((answer) => {
      const text = JSON.stringify(answer);
      return fc.nat(text.length).map((length) => text.slice(0, length));
    }),
  );

  it('throws nothing but its own error, in one short line', () => {
    fc.assert(
      fc.property(body, (text) => {
        try {
          parseSamplingStrategy(text);
        } catch (error) {
          expect(error).toBeInstanceOf(SamplingStrategyError);
          expect(String(error).length).toBeLessThan(400);
          expect(String(error)).not.toContain('\n');
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('takes no longer than its length allows', () => {
    const nested = '['.repeat(1_000_000);
    expect(() => parseSamplingStrategy(nested)).toThrow(SamplingStrategyError);
    const closed = `{"strategyType":0,"probabilisticSampling":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(() => parseSamplingStrategy(closed)).toThrow(SamplingStrategyError);
  });
});
