import { KubernetesObject } from '../../../../policies/kubernetes/object.ts';
import type { Rule } from '../../../../policies/rule.ts';
import { findingsOf } from '../../../support/problemsOf.ts';

/** What a preview shows in the place of a text that it cannot know. */
export const unknownText = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** An object named `shop`. @param fields - Beside its metadata. @param metadata - Beside its name. */
export function declared(
  apiVersion: string,
  kind: string,
  fields: Readonly<Record<string, unknown>>,
  metadata: Readonly<Record<string, unknown>> = {},
): KubernetesObject {
  const body = { apiVersion, kind, metadata: { name: 'shop', ...metadata }, ...fields };
  return new KubernetesObject(apiVersion, kind, body, { file: 'shop.yaml', line: 1 }, 'shop');
}

/** Kinds that make pods, and where the pods' metadata and `spec` stand in them. */
export const podKinds: readonly (readonly [kind: string, apiVersion: string, template: string])[] = [
  ['Pod', 'v1', ''],
  ['PodTemplate', 'v1', 'template.'],
  ['Deployment', 'apps/v1', 'spec.template.'],
  ['DaemonSet', 'apps/v1', 'spec.template.'],
  ['StatefulSet', 'apps/v1', 'spec.template.'],
  ['ReplicaSet', 'apps/v1', 'spec.template.'],
  ['ReplicationController', 'v1', 'spec.template.'],
  ['Job', 'batch/v1', 'spec.template.'],
  ['CronJob', 'batch/v1', 'spec.jobTemplate.spec.template.'],
];

/** An object of a kind that makes pods. @param pod - Their `metadata` and `spec`. @param metadata - That of the object itself. */
export function podsOfKind(
  kind: string,
  pod: { readonly metadata?: Readonly<Record<string, unknown>>; readonly spec?: unknown },
  metadata: Readonly<Record<string, unknown>> = {},
): KubernetesObject {
  const [, apiVersion = '', template = ''] = podKinds.find(([name]) => name === kind) ?? [];
  if (template === '') return declared(apiVersion, kind, { spec: pod.spec }, { ...metadata, ...pod.metadata });
  const [first = '', ...rest] = template.split('.').slice(0, -1);
  const content = rest.reduceRight((inner: unknown, name) => ({ [name]: inner }), pod);
  return declared(apiVersion, kind, { [first]: content }, metadata);
}

/** What a rule says of an object: `path problem`, with the kind of finding before it where it is no breach. */
export function saidOf(
  rule: Rule,
  object: KubernetesObject,
  parameters: Readonly<Record<string, unknown>> = {},
): readonly string[] {
  return findingsOf(rule, [object], parameters).map(({ kind, path, problem }) => {
    const sentence = path === '' ? problem : `${path} ${problem}`;
    return kind === 'breach' ? sentence : `${kind}: ${sentence}`;
  });
}
