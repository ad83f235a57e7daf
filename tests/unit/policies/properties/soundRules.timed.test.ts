import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { allRules } from '../../../../policies/rules/allRules.ts';
import { engineUnknowns } from '../../../support/engineUnknowns.ts';
import { eachReplaced, mutated, partlyUnknown } from '../../../support/garbageArbitraries.ts';
import { anyObject, anyObjectOf, type Body } from '../../../support/kubernetesArbitraries.ts';
import { customKinds, otherKinds, workloadKinds } from '../../../support/kubernetesKinds.ts';
import { withSecrets } from '../support/withSecrets.ts';
import { failuresOf, sentence, soundEvaluation } from '../support/soundEvaluation.ts';

// A second or two each; more on a machine that does other things beside.
vi.setConfig({ testTimeout: 120_000 });

/** What each rule shows as right and as wrong: nothing else leads as far into it. */
const examples: readonly (readonly Body[])[] = allRules.flatMap(({ passes, fails }) =>
  [passes, fails].map((yaml) => parseAllDocuments(yaml).map((document) => document.toJS() as Body)),
);

/** Examples with something done to their objects. */
function exampleWith(change: (objects: fc.Arbitrary<Body>) => fc.Arbitrary<Body>): fc.Arbitrary<readonly Body[]> {
  return fc.oneof(
    ...examples.map((bodies) =>
      fc.tuple(...bodies.map((body) => fc.oneof(fc.constant(body), change(fc.constant(body))))),
    ),
  );
}

function hold(bodies: fc.Arbitrary<readonly Body[]>, numRuns: number): void {
  fc.assert(
    fc.property(bodies, (all) => void soundEvaluation(all)),
    { numRuns },
  );
}

describe('no rule throws, takes long, or says something else the second time', () => {
  it.each(
    [...workloadKinds, ...otherKinds, ...customKinds].map(
      (kind) => [`${kind.kind} of ${kind.apiVersion}`, kind] as const,
    ),
  )('on a %s that the API allows', (_name, kind) => hold(fc.tuple(anyObjectOf(kind)), 15));

  it('on several objects that the API allows', () => hold(fc.array(anyObject, { minLength: 2, maxLength: 8 }), 100));

  it('on an object of which something is garbage', () => hold(fc.tuple(mutated(anyObject)), 300));

  it('on several objects of which something is garbage', () =>
    hold(fc.array(fc.oneof(anyObject, mutated(anyObject)), { minLength: 2, maxLength: 6 }), 80));

  it('on an example of a rule of which something is garbage', () => hold(exampleWith(mutated), 400));

  it('on what is no object at all', () => {
    const anything = fc.oneof(fc.anything(), fc.jsonValue());
    fc.assert(
      fc.property(fc.array(anything), (all) => {
        expect(soundEvaluation(all)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('values that a preview does not know', () => {
  it.each([
    ['an object', fc.tuple(partlyUnknown(anyObject)), 200],
    ['several objects', fc.array(partlyUnknown(anyObject), { minLength: 2, maxLength: 5 }), 60],
    ['an example of a rule', exampleWith(partlyUnknown), 500],
  ] satisfies [string, fc.Arbitrary<readonly Body[]>, number][])(
    'in %s are reported, never shown, and no rule fails for them',
    (_what, bodies, numRuns) => {
      fc.assert(
        fc.property(bodies, (all) => {
          const sentences = soundEvaluation(all).map(sentence);
          expect(sentences.filter((one) => engineUnknowns.some((placeholder) => one.includes(placeholder)))).toEqual(
            [],
          );
        }),
        { numRuns },
      );
    },
  );
});

describe('values of environment variables and of Secrets', () => {
  const marker = 'correct-horse-battery-staple';

  it.each([
    ['examples of rules', fc.constantFrom(...examples), 200],
    ['objects that the API allows', fc.array(anyObject, { minLength: 1, maxLength: 3 }), 100],
  ] satisfies [string, fc.Arbitrary<readonly Body[]>, number][])(
    'of %s are in no message',
    (_what, bodies, numRuns) => {
      fc.assert(
        fc.property(bodies, (all) => {
          const sentences = soundEvaluation(all.map((body) => withSecrets(body, marker))).map(sentence);
          expect(sentences.filter((one) => one.includes(marker))).toEqual([]);
        }),
        { numRuns },
      );
    },
  );
});

describe.each(allRules.map((rule, index) => [rule.name, rule, examples.slice(2 * index, 2 * index + 2)] as const))(
  '%s',
  (_name, rule, both) => {
    it('judges its examples alike twice, in any order of fields', () =>
      both.forEach((bodies) => soundEvaluation(bodies)));

    it('withstands every kind of garbage in every field of its example that fails', () => {
      const [, fails = []] = both;
      const failures = fails.flatMap((body, at) =>
        [...eachReplaced(body)].flatMap((replaced) => failuresOf(rule, fails.with(at, replaced))),
      );
      expect(failures).toEqual([]);
    });
  },
);
