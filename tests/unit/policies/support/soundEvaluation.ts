import { expect } from 'vitest';
import { checkRule } from '../../../../policies/evaluation/checkRule.ts';
import { describeFinding, type Finding, type RuleSettings } from '../../../../policies/evaluation/finding.ts';
import { objectsOf, type KubernetesObject } from '../../../../policies/kubernetes/object.ts';
import { defaultParameters } from '../../../../policies/parameters.ts';
import type { Rule } from '../../../../policies/rule.ts';
import { allRules } from '../../../../policies/rules/allRules.ts';

/** The most CPU time that one rule may take for a few objects, in milliseconds: a hundred times what it should. */
export const mostMillis = 250;

/**
 * What every rule says of objects. Asserts that no rule fails and none takes long, and that whoever asks twice, or writes the fields of
 * an object in another order, gets the same answer.
 */
export function soundEvaluation(bodies: readonly unknown[]): readonly Finding[] {
  const objects = objectsIn(bodies);
  const reversed = objectsIn(bodies.map((body) => reversedFields(body)));
  return allRules.flatMap((rule) => {
    const found = timed(rule, objects);
    expect(failuresIn(found)).toEqual([]);
    expect(findings(rule, objects).map(sentence)).toEqual(found.map(sentence));
    expect(places(findings(rule, reversed))).toEqual(places(found));
    return found;
  });
}

/** How one rule fails on objects. Asserts that it does not take long. */
export function failuresOf(rule: Rule, bodies: readonly unknown[]): readonly string[] {
  return failuresIn(timed(rule, objectsIn(bodies)));
}

function failuresIn(found: readonly Finding[]): readonly string[] {
  return found.filter(({ kind }) => kind === 'failure').map(sentence);
}

/** A finding with its rule's name. */
export function sentence(finding: Finding): string {
  return `${finding.rule.name}: ${describeFinding(finding)}`;
}

function objectsIn(bodies: readonly unknown[]): readonly KubernetesObject[] {
  return bodies.flatMap((body, index) => objectsOf(body, { urn: `urn:${index}` }, `object-${index}`));
}

function findings(rule: Rule, objects: readonly KubernetesObject[]): readonly Finding[] {
  return checkRule(rule, objects, settingsOf(rule));
}

/** Some rules look at nothing without the parameters of their examples. */
function settingsOf({ parameters, exampleParameters }: Rule): RuleSettings {
  return { level: 'mandatory', parameters: { ...defaultParameters(parameters), ...exampleParameters }, exemptions: [] };
}

/** CPU time, since the machine may do other things; a second try, since the first may have compiled code or collected garbage. */
function timed(rule: Rule, objects: readonly KubernetesObject[]): readonly Finding[] {
  const before = process.cpuUsage();
  const found = findings(rule, objects);
  if (millisSince(before) < mostMillis) return found;
  const again = process.cpuUsage();
  findings(rule, objects);
  expect(millisSince(again), `milliseconds of ${rule.name}`).toBeLessThan(mostMillis);
  return found;
}

function millisSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Where findings are, whatever their order. Which of several values that are not known is met first is the order's affair. */
function places(found: readonly Finding[]): readonly string[] {
  if (found.every(({ kind }) => kind !== 'unknown')) return found.map(place).sort();
  return [...new Set(found.map(({ object }) => object?.identity ?? ''))].sort();
}

/** Without what is wrong: values that messages show have their fields in their own order. */
function place({ rule, kind, object, container, path }: Finding): string {
  return [rule.name, kind, object?.identity, container, path].join(' ');
}

function reversedFields(value: unknown, made = new Map<unknown, unknown>()): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (made.has(value)) return made.get(value);
  const copy: object = Array.isArray(value) ? [] : {};
  made.set(value, copy);
  const fields: readonly (readonly [string, unknown])[] = Object.entries(value);
  for (const [name, content] of Array.isArray(value) ? fields : fields.toReversed())
    Reflect.defineProperty(copy, name, {
      value: reversedFields(content, made),
      writable: true,
      enumerable: true,
      configurable: true,
    });
  return copy;
}
