import { expect, it } from 'vitest';
import { resolveSettings } from '../../../../../policies/configuration/resolveSettings.ts';
import { evaluate } from '../../../../../policies/evaluation/evaluate.ts';
import { describeFinding } from '../../../../../policies/evaluation/finding.ts';
import { KubernetesObject } from '../../../../../policies/kubernetes/object.ts';
import { allRules } from '../../../../../policies/rules/allRules.ts';
import { manyDeployments } from '../../../../bench/policies/program/manyDeployments.ts';

it('has as many Deployments as are asked for, and what each twenty of them share', () => {
  const kinds = manyDeployments(41).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'Deployment')).toHaveLength(41);
  for (const kind of ['ServiceAccount', 'ConfigMap', 'NetworkPolicy', 'PodDisruptionBudget'])
    expect(kinds.filter((one) => one === kind)).toHaveLength(3);
  expect(manyDeployments(0)).toEqual([]);
});

it('names no two objects of a kind the same', () => {
  const names = manyDeployments(41).map(({ kind, metadata }) => `${kind}/${metadata.namespace}/${metadata.name}`);
  expect(new Set(names).size).toBe(names.length);
});

it('gives no rule anything to say, at the strictest levels', () => {
  const objects = manyDeployments(21).map(
    (body) => new KubernetesObject(body.apiVersion, body.kind, body, { file: 'bench.yaml', line: 1 }, 'bench'),
  );
  const { findings } = evaluate(allRules, objects, resolveSettings(allRules, {}, 'prod'), new Date(0));
  expect(findings.map(describeFinding)).toEqual([]);
});
