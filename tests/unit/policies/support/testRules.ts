import { fieldAt } from '../../../../policies/kubernetes/fields.ts';
import type { ParameterSchemas } from '../../../../policies/parameters.ts';
import { eachObject } from '../../../../policies/problems.ts';
import {
  objectRule,
  stackRule,
  type ObjectRule,
  type ObjectRuleDefinition,
  type Problem,
  type StackRule,
  type StackRuleDefinition,
} from '../../../../policies/rule.ts';

const facts = {
  asks: 'Every object is what the test wants.',
  severity: 'high',
  level: 'mandatory',
  rationale: 'The test would fail otherwise.',
  link: 'https://kubernetes.io/docs/',
  passes: 'apiVersion: v1\nkind: Pod\n',
  fails: 'apiVersion: v1\nkind: Pod\n',
} as const;

type Given<Definition> = Partial<Definition> & Pick<ObjectRuleDefinition<ParameterSchemas>, 'name'>;

/** A rule about each object; without a check of its own it finds nothing. */
export function anObjectRule<const Schemas extends ParameterSchemas>(
  definition: Given<ObjectRuleDefinition<Schemas>>,
): ObjectRule {
  return objectRule({ ...facts, check: () => [], ...definition });
}

/** A rule about objects together; without a check of its own it finds nothing. */
export function aStackRule<const Schemas extends ParameterSchemas>(
  definition: Given<StackRuleDefinition<Schemas>>,
): StackRule {
  return stackRule({ ...facts, check: () => [], ...definition });
}

/** Finds a breach in every object that says `broken: true`. */
export const noneIsBroken = anObjectRule({ name: 'none-is-broken', check: (object) => brokenProblems(object.body) });

/** The same of objects together. */
export const noneIsBrokenTogether = aStackRule({
  name: 'none-is-broken-together',
  check: (objects) => eachObject(objects, (object) => brokenProblems(object.body)),
});

function* brokenProblems(body: unknown): Iterable<Problem> {
  if (fieldAt(body, 'broken') !== true) return;
  yield { path: 'broken', problem: 'is true: it must be false', fix: 'broken: false' };
}
