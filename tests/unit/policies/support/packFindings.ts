import { evaluate } from '../../../../policies/evaluation/evaluate.ts';
import { describeFinding } from '../../../../policies/evaluation/finding.ts';
import { resolveSettings } from '../../../../policies/configuration/resolveSettings.ts';
import type { KubernetesObject } from '../../../../policies/kubernetes/object.ts';
import type { Level } from '../../../../policies/rule.ts';
import { objectsOfResource } from '../../../../policies/pulumi/objectsOfResource.ts';
import { allRules } from '../../../../policies/rules/allRules.ts';

/** What the whole pack, as it is without a configuration, finds in objects: `rule: sentence`, of one level. */
export function packFindings(
  objects: readonly KubernetesObject[],
  environment = 'dev',
  level: Level = 'mandatory',
): readonly string[] {
  const { findings } = evaluate(allRules, objects, resolveSettings(allRules, {}, environment), new Date(0));
  return findings
    .filter((finding) => finding.level === level)
    .map((finding) => `${finding.rule.name}: ${describeFinding(finding)}`);
}

/** The objects of resources as Pulumi's mocks see them. */
export function objectsOfResources(
  resources: readonly { readonly type: string; readonly name: string; readonly inputs: unknown }[],
): readonly KubernetesObject[] {
  return resources.flatMap(({ type, name, inputs }) =>
    objectsOfResource({ type, name, urn: `urn:pulumi:dev::test::${type}::${name}`, props: inputs }),
  );
}
