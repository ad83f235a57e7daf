import type { KubernetesObject } from '@kubernetes/client-node';
import { networkFlows, policedComponents } from '../../../../infra/jaeger/networkFlows.ts';
import { serviceNames } from '../../../../infra/jaeger/endpoints.ts';
import { flowSettings } from '../../../../infra/schema/flowSettings.ts';
import type { StackConfig } from '../../../../infra/schema/stackConfigSchema.ts';
import { stackNamespaces } from '../../../stack/stackNamespaces.ts';
import type { Check } from '../../check.ts';
import { describeObject, type DeclaredObject } from '../../declaredObject.ts';
import type { Finding } from '../../finding.ts';
import { differences } from '../objects/drift/differences.ts';
import { plainObject } from '../objects/drift/plainObject.ts';
import { judgeLive } from '../objects/judgeLive.ts';

const denyAll = 'default-deny';
const mend = '`npm run up` makes it as declared again';

/** One policy refuses everything in each namespace, each component has one that lets its own flows through, and all are as declared. */
export const policiesDeclared: Check = {
  id: 'policies-declared',
  component: 'network',
  title: "the policy that refuses everything and each component's own are there, as the stack declares them",
  run: async ({ deployment }) => {
    const [config, declared] = await Promise.all([deployment.config(), deployment.declared()]);
    const needed = neededPolicies(config).map(describeObject);
    const objects = declared.filter((object) => needed.includes(describeObject(object)));
    const known = objects.map(describeObject);
    return [
      ...needed.filter((each) => !known.includes(each)).map(undeclared),
      ...(await judgeLive(deployment, objects, 'as declared', judgePolicy)),
    ];
  },
};

/** A policy that a stack needs. */
export interface NeededPolicy {
  readonly kind: 'NetworkPolicy';
  readonly namespace: string;
  readonly name: string;
}

/** What a stack of this configuration needs. */
export function neededPolicies(config: StackConfig): NeededPolicy[] {
  const namespaces = stackNamespaces(config);
  const flows = networkFlows(flowSettings(config));
  const policed = policedComponents.filter((name) => flows.some(({ from, to }) => from === name || to === name));
  const agentPlace = namespaces.find((name) => name !== config.namespace) ?? config.namespace;
  const policy = (namespace: string, name: string): NeededPolicy => ({ kind: 'NetworkPolicy', namespace, name });
  return [
    ...namespaces.map((namespace) => policy(namespace, denyAll)),
    ...policed.map((name) => policy(name === serviceNames.agent ? agentPlace : config.namespace, name)),
  ];
}

/** Judges a declared policy by what the cluster has: a finding for each difference, or one that there is none. */
export function judgePolicy(object: DeclaredObject, live: KubernetesObject | undefined): Finding[] {
  const subject = describeObject(object);
  const expected = 'as declared';
  if (live === undefined) {
    const effect =
      object.name === denyAll
        ? 'whatever no other policy selects is open to all, both ways'
        : 'all that it lets through is refused';
    return [{ outcome: 'failed', subject, expected, found: `missing: ${effect}`, mend }];
  }
  const found = differences({ spec: object.manifest['spec'] }, { spec: plainObject(live)['spec'] });
  if (found.length === 0) return [{ outcome: 'ok', subject, expected, found: expected }];
  return found.map((each) => ({
    outcome: 'failed',
    subject,
    expected: `${each.path}: ${each.expected}`,
    found: `${each.path}: ${each.found}`,
    mend,
  }));
}

function undeclared(subject: string): Finding {
  return {
    outcome: 'failed',
    subject,
    expected: 'declared by the stack',
    found: 'the stack was deployed without it',
    mend: '`npm run up` deploys the stack as its configuration says; say with --config-file where that is',
  };
}
