import { KubernetesObject } from '../../../../../policies/kubernetes/object.ts';
import type { Rule } from '../../../../../policies/rule.ts';
import { findingsOf } from '../../../../support/problemsOf.ts';

/** What a preview shows in the place of a text that it cannot know. */
export const unknownText = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** Kinds that make pods, with the path of the pods' specification. */
export const podKinds: readonly (readonly [kind: string, apiVersion: string, podPath: string])[] = [
  ['Pod', 'v1', 'spec'],
  ['PodTemplate', 'v1', 'template.spec'],
  ['Deployment', 'apps/v1', 'spec.template.spec'],
  ['DaemonSet', 'apps/v1', 'spec.template.spec'],
  ['StatefulSet', 'apps/v1', 'spec.template.spec'],
  ['ReplicaSet', 'apps/v1', 'spec.template.spec'],
  ['ReplicationController', 'v1', 'spec.template.spec'],
  ['Job', 'batch/v1', 'spec.template.spec'],
  ['CronJob', 'batch/v1', 'spec.jobTemplate.spec.template.spec'],
];

/** An object of a kind whose pods have a specification. */
export function podsOfKind(kind: string, podSpec: unknown): KubernetesObject {
  const [, apiVersion = 'v1', podPath = 'spec'] = podKinds.find(([name]) => name === kind) ?? [];
  const [first = '', ...rest] = podPath.split('.');
  const content = rest.reduceRight((inner: unknown, name) => ({ [name]: inner }), podSpec);
  const body = { apiVersion, kind, metadata: { name: 'shop' }, [first]: content };
  return new KubernetesObject(apiVersion, kind, body, { file: 'shop.yaml', line: 1 }, 'shop');
}

/** A Deployment with one container. */
export function deploymentOf(container: unknown, podSpec: Readonly<Record<string, unknown>> = {}): KubernetesObject {
  return podsOfKind('Deployment', { ...podSpec, containers: [container] });
}

/** What a rule says of the only container of a Deployment: `path problem`, seen from the container. */
export function problemsIn(
  rule: Rule,
  container: unknown,
  parameters: Readonly<Record<string, unknown>> = {},
): readonly string[] {
  return findingsOf(rule, [deploymentOf(container)], parameters).map(({ path, problem, kind }) => {
    const own = path.replace('spec.template.spec.containers[0].', '');
    return kind === 'breach' ? `${own} ${problem}` : `${kind}: ${own} ${problem}`;
  });
}

/** Only the fields. */
export function fieldsIn(...args: Parameters<typeof problemsIn>): readonly string[] {
  return problemsIn(...args).map((sentence) => sentence.split(' ', 1)[0] ?? '');
}
