import { describe, expect, it } from 'vitest';
import { objectsOf, type KubernetesObject } from '../../../../../policies/kubernetes/object.ts';
import { podSecurityRules } from '../../../../../policies/rules/podSecurity/podSecurityRules.ts';
import { podSecurityControls } from '../../../../support/podSecurityControls.ts';
import { changedPod } from '../../../../support/podSecurityPods.ts';
import { podVariants } from '../../../../support/podSecurityVariants.ts';
import { findingsOf } from '../../../../support/problemsOf.ts';

describe('the rules of Pod Security, on a pod that "restricted" takes', () => {
  it.each(podVariants.map((variant) => [variant.title, variant] as const))('%s', (_title, { changes, breaks }) => {
    const objects: readonly KubernetesObject[] = objectsOf(changedPod(changes), { file: 'pod.yaml', line: 1 }, 'pod');
    const breached = podSecurityRules.filter((rule) => findingsOf(rule, objects).length > 0);
    expect(breached.map(({ name }) => name)).toEqual(breaks);
  });
});

it('there is a rule for each control, and no other', () => {
  expect(podSecurityRules.map(({ name }) => name)).toEqual(podSecurityControls.map(({ rule }) => rule));
});

it('every rule is mandatory in every environment', () => {
  expect(podSecurityRules.filter(({ level, levels }) => level !== 'mandatory' || levels !== undefined)).toEqual([]);
});

it('each control is broken by some pod', () => {
  const broken = new Set(podVariants.flatMap(({ breaks }) => breaks));
  expect(podSecurityControls.map(({ rule }) => rule).filter((rule) => !broken.has(rule))).toEqual([]);
});
