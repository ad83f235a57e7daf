import * as pulumi from '@pulumi/pulumi';
import { NetworkPolicy } from '@pulumi/kubernetes/networking/v1/networkPolicy.js';
import { serviceNames } from '../jaeger/endpoints.ts';
import { policedComponents, type FlowEnd, type NetworkFlow, type PolicedComponent } from '../jaeger/networkFlows.ts';
import { componentLabels, selectorLabels } from '../kubernetes/labels.ts';
import { denyAll, networkPolicySpec, type PolicyArgs, type PolicyPeer } from '../kubernetes/networkPolicy.ts';

/** A namespace whose pods are policed. */
export interface PolicedNamespace {
  /** Its name as a plain text: policies of other namespaces name it. */
  readonly name: string;
  /** Its name, once it exists. */
  readonly namespace: pulumi.Input<string>;
}

/** Arguments of {@link NetworkPolicies}. */
export interface NetworkPoliciesArgs {
  /** Jaeger's own namespace. */
  readonly main: PolicedNamespace;
  /** That of the agent, where it is another one. */
  readonly agent?: PolicedNamespace | undefined;
  /** Version of Jaeger that its objects are labelled with. */
  readonly jaegerVersion: string;
  /** Everything that may pass. */
  readonly flows: readonly NetworkFlow[];
}

/**
 * Refuses every pod of the stack all connections, both ways, but those that are listed: one policy that refuses everything
 * for each namespace, and one that allows for each component.
 *
 * @example
 * ```ts
 * const { namespaceName } = new NetworkPolicies('policies', {
 *   main: { name: 'tracing', namespace: 'tracing' },
 *   jaegerVersion: '1.50.0',
 *   flows: [
 *     {
 *       from: 'jaeger-agent',
 *       to: 'jaeger-collector',
 *       ports: [{ number: 14250, protocol: 'TCP' }],
 *       reason: 'Spans that agents took.',
 *     },
 *   ],
 * });
 * ```
 */
export class NetworkPolicies extends pulumi.ComponentResource {
  /** Name of Jaeger's namespace, once no pod in it is open: what is made there should take it from here. */
  readonly namespaceName: pulumi.Output<string>;
  /** Name of the agent's namespace, once no pod in it is open. */
  readonly agentNamespaceName: pulumi.Output<string>;

  constructor(name: string, args: NetworkPoliciesArgs, options?: pulumi.ComponentResourceOptions) {
    super('tracewright:kubernetes:NetworkPolicies', name, {}, options);
    const { main, agent } = args;
    const policies = this.policies(name, args);
    // Not their ids, which a preview does not know: every object would then seem to move to another namespace.
    const closed = (namespace: pulumi.Input<string>) =>
      pulumi.all([namespace, pulumi.all(policies.map(({ urn }) => urn))]).apply(([closedName]) => closedName);
    this.namespaceName = closed(main.namespace);
    this.agentNamespaceName = closed((agent ?? main).namespace);
    this.registerOutputs({ namespaceName: this.namespaceName, agentNamespaceName: this.agentNamespaceName });
  }

  private policies(name: string, { main, agent, jaegerVersion, flows }: NetworkPoliciesArgs): NetworkPolicy[] {
    const placeOf = (component: PolicedComponent) => (component === serviceNames.agent ? (agent ?? main) : main);
    const policy = (logicalName: string, objectName: string, place: PolicedNamespace, spec: PolicyArgs) =>
      new NetworkPolicy(
        `${name}-${logicalName}`,
        {
          metadata: {
            name: objectName,
            namespace: place.namespace,
            labels: componentLabels(objectName, jaegerVersion),
          },
          spec: networkPolicySpec(spec),
        },
        { parent: this },
      );
    const deny = 'default-deny';
    return [
      policy(deny, deny, main, denyAll),
      ...(agent === undefined ? [] : [policy(`agent-${deny}`, deny, agent, denyAll)]),
      ...policedIn(flows).map((component) =>
        policy(
          component,
          component,
          placeOf(component),
          allowing(component, flows, (other) => placeOf(other).name),
        ),
      ),
    ];
  }
}

function policedIn(flows: readonly NetworkFlow[]): PolicedComponent[] {
  return policedComponents.filter((component) => flows.some(({ from, to }) => from === component || to === component));
}

function allowing(
  component: PolicedComponent,
  flows: readonly NetworkFlow[],
  namespaceOf: (component: PolicedComponent) => string,
): PolicyArgs {
  const peers = (end: FlowEnd): readonly PolicyPeer[] =>
    typeof end === 'string' ? [{ kind: 'namespaces', names: [namespaceOf(end)], labels: selectorLabels(end) }] : end;
  return {
    labels: selectorLabels(component),
    ingress: flows.filter(({ to }) => to === component).map(({ from, ports }) => ({ peers: peers(from), ports })),
    egress: flows.filter(({ from }) => from === component).map(({ to, ports }) => ({ peers: peers(to), ports })),
  };
}
