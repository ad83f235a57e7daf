import type { KubernetesObject } from '../kubernetes/object.ts';
import { UnknownFieldError } from '../kubernetes/unknown.ts';
import { untilUnknown } from '../problems.ts';
import type { ObjectRule, Problem, Rule, StackRule } from '../rule.ts';
import type { Finding, RuleSettings } from './finding.ts';

/** What a rule says of objects. */
export function checkRule(
  rule: Rule,
  objects: readonly KubernetesObject[],
  settings: RuleSettings,
): readonly Finding[] {
  if (rule.subject === 'stack') return [...checkStack(rule, objects, settings)];
  return objects.flatMap((object) => [...checkObject(rule, object, settings)]);
}

/** What a rule about each object says of one. A rule that throws is a finding too. */
export function* checkObject(rule: ObjectRule, object: KubernetesObject, settings: RuleSettings): Iterable<Finding> {
  const { level, parameters } = settings;
  if (level === 'disabled') return;
  try {
    for (const problem of untilUnknown(object.body, '', lazily(rule, object, parameters)))
      yield { ...problem, rule, level, kind: problem.unknown === true ? 'unknown' : 'breach', object };
  } catch (error) {
    yield { ...failure(error), rule, level: 'mandatory', kind: 'failure', object };
  }
}

/** What a rule about objects together says of them. A rule that throws is a finding too. */
export function* checkStack(
  rule: StackRule,
  objects: readonly KubernetesObject[],
  { level, parameters }: RuleSettings,
): Iterable<Finding> {
  if (level === 'disabled') return;
  try {
    for (const problem of rule.check(objects, parameters))
      yield { ...problem, rule, level, kind: problem.unknown === true ? 'unknown' : 'breach' };
  } catch (error) {
    if (error instanceof UnknownFieldError) yield { ...unknownValue(error), rule, level, kind: 'unknown' };
    else yield { ...failure(error), rule, level: 'mandatory', kind: 'failure' };
  }
}

// A check that is no generator must be called where its error is caught.
function* lazily(
  rule: ObjectRule,
  object: KubernetesObject,
  parameters: RuleSettings['parameters'],
): Iterable<Problem> {
  yield* rule.check(object, parameters);
}

/** For rules that read objects outside of `eachObject`: which one it was is lost. */
function unknownValue({ field }: UnknownFieldError): Problem {
  return {
    path: field,
    problem: 'of one of the objects is known only after the deployment, so that the rule could not run',
    fix: "a value that does not depend on another resource's outputs",
  };
}

/** Names the error and the line that threw it: the first of its stack that stands in a file, and in none of Node's own. */
function failure(error: unknown): Problem {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const lines = (error instanceof Error ? (error.stack ?? '') : '').split('\n');
  const frame = lines.find((line) => /^\s+at .*:\d+:\d+\)?$/.test(line) && !/[ (]node:/.test(line));
  const place = frame === undefined ? '' : ` at ${frame.replace(/^\s+at (?:.*? \()?/, '').replace(/\)$/, '')}`;
  return {
    path: '',
    problem: `could not be checked: the rule threw ${what}${place}`,
    fix: 'mend the rule, or disable it',
  };
}
