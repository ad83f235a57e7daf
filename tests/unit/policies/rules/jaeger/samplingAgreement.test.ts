import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { samplingStrategiesFile } from '../../../../../infra/jaeger/samplingStrategies.ts';
import { parseSamplingDocument } from '../../../../../infra/schema/samplingDocument.ts';
import { samplingProblems } from '../../../../../policies/rules/jaeger/samplingStrategies.ts';
import { anyStrategies } from '../../../../support/samplingArbitraries.ts';

const infraTakes = (json: string) => parseSamplingDocument(json, 'strategies.json').problems.length === 0;
const policiesTake = (json: string) => [...samplingProblems(json)].length === 0;

/** Mostly right, so that not every document is wrong in ten places. */
const mostly = <Right, Wrong>(right: fc.Arbitrary<Right>, wrong: fc.Arbitrary<Wrong>) =>
  fc.oneof({ weight: 20, arbitrary: right }, { weight: 1, arbitrary: wrong });
const anyOdd = fc.constantFrom(null, true, '0.5', '', [], {}, [null], -1, 2, 0.5, 1e-10, 32_768, 3e9, 1e21);
const anyName = mostly(
  fc.constantFrom(
    'a',
    'b',
    'c',
    'd',
    'e',
    'GET /{id}',
    '__proto__',
    'constructor',
    '日本語',
    '🛒 cart',
    'x'.repeat(256),
  ),
  fc.constantFrom<unknown>('', ' a', 'a\t', 'x'.repeat(257), '\u200b', '\u2028', 5, null),
);
const anyShare = mostly(fc.constantFrom(0, 1, 0.5, 1e-9), anyOdd);
const anyRate = mostly(fc.constantFrom(1, 5, 32_767), anyOdd);
const anyExtra = mostly(
  fc.constant({}),
  fc.constantFrom<object>({ Param: 1 }, { sampling: {} }, { operations: [] }, { service: 'a' }, { constructor: 1 }),
);

/** A mapping of some fields, which may lack one or have one that nobody knows. */
function mapping(fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<unknown> {
  const whole = fc.record(fields);
  const names = Object.keys(fields);
  const lacking = fc
    .tuple(whole, fc.constantFrom(...names))
    .map(([value, name]) => Object.fromEntries(Object.entries(value).filter(([key]) => key !== name)));
  return mostly(
    fc.tuple(mostly(whole, lacking), anyExtra).map(([value, extra]) => ({ ...value, ...extra })),
    anyOdd,
  );
}

const anyOperations = mostly(
  fc.array(
    mapping({
      operation: anyName,
      type: mostly(fc.constant('probabilistic'), fc.constantFrom<unknown>('ratelimiting', 'const', null)),
      param: anyShare,
    }),
    { maxLength: 3 },
  ),
  anyOdd,
);
const strategyOf = (own: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
  fc.oneof(
    mapping({ ...own, type: fc.constant('probabilistic'), param: anyShare }),
    mapping({ ...own, type: fc.constant('probabilistic'), param: anyShare, operation_strategies: anyOperations }),
    mapping({ ...own, type: fc.constant('ratelimiting'), param: anyRate }),
    mapping({
      ...own,
      type: mostly(fc.constant('ratelimiting'), anyOdd),
      param: anyRate,
      operation_strategies: anyOperations,
    }),
  );
const anyDocument = fc
  .tuple(
    strategyOf({}),
    mostly(fc.array(strategyOf({ service: anyName }), { maxLength: 3 }), anyOdd),
    anyExtra,
    fc.constantFrom('both', 'both', 'both', 'default', 'services'),
  )
  .map(([fallback, services, extra, kept]) => ({
    ...(kept === 'services' ? {} : { default_strategy: fallback }),
    ...(kept === 'default' ? {} : { service_strategies: services }),
    ...extra,
  }));

describe('the rule about sampling strategies and the parser of infra', () => {
  it('both take whatever infra writes', () => {
    fc.assert(
      fc.property(anyStrategies, (strategies) => {
        const json = samplingStrategiesFile(strategies);
        expect([infraTakes(json), policiesTake(json)]).toEqual([true, true]);
      }),
    );
  });

  it("agree on documents in Jaeger's keys, right and wrong", () => {
    const counts = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(anyDocument, (document) => {
        const json = JSON.stringify(document);
        const taken = infraTakes(json);
        counts[taken ? 'taken' : 'refused'] += 1;
        expect({ json, taken: policiesTake(json) }).toEqual({ json, taken });
      }),
      { numRuns: 2000 },
    );
    expect(Math.min(counts.taken, counts.refused)).toBeGreaterThan(200);
  });

  it.each([
    '{"default_strategy":{"type":"probabilistic","type":"probabilistic","param":1}}',
    '{"default_strategy":{"type":"probabilistic","param":1},"default_strategy":{"type":"probabilistic","param":1}}',
    String.raw`{"default_strategy":{"type":"probabilistic","param":1,"par\u0061m":1}}`,
    '[]',
    '{}',
    'null',
    '{"default_strategy":',
    '',
  ])('agree to refuse %s', (json) => {
    expect([infraTakes(json), policiesTake(json)]).toEqual([false, false]);
  });

  it('agree on how many operations there may be, those of the default among them', () => {
    const operations = (count: number, prefix: string) =>
      Array.from({ length: count }, (_, index) => ({
        operation: `${prefix}${index}`,
        type: 'probabilistic',
        param: 1,
      }));
    const document = (own: number) =>
      JSON.stringify({
        default_strategy: { type: 'probabilistic', param: 1, operation_strategies: operations(1000, 'a') },
        service_strategies: [
          { service: 'shop', type: 'probabilistic', param: 1, operation_strategies: operations(own, 'b') },
        ],
      });
    for (const [own, taken] of [
      [1000, true],
      [1001, false],
    ] as const)
      expect([infraTakes(document(own)), policiesTake(document(own))]).toEqual([taken, taken]);
  });
});
