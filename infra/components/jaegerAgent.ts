import * as pulumi from '@pulumi/pulumi';
import { DaemonSet } from '@pulumi/kubernetes/apps/v1/daemonSet.js';
import { Service } from '@pulumi/kubernetes/core/v1/service.js';
import { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount.js';
import type { types } from '@pulumi/kubernetes';
import { serviceNames } from '../jaeger/endpoints.ts';
import { jaegerImage, type ImageSource } from '../jaeger/images.ts';
import { adminPorts, agentPorts, collectorPorts } from '../jaeger/ports.ts';
import { waitForCollector } from '../jaeger/waitForCollector.ts';
import { goRuntimeLimits, jaegerUserId, shortEnd } from '../jaeger/workloads.ts';
import { componentLabels, selectorLabels } from '../kubernetes/labels.ts';
import { environmentVariables, podTemplate } from '../kubernetes/podTemplate.ts';
import { containerPorts, hostContainerPorts, servicePorts } from '../kubernetes/ports.ts';
import { jaegerProbes } from '../jaeger/probes.ts';
import { scrapeAnnotations } from '../monitoring/scrapeTargets.ts';
import { resourceRequirements, type ContainerResources } from '../kubernetes/resources.ts';
import { serviceAnnotations } from '../kubernetes/annotations.ts';
import { nameOnceReady } from './nameOnceReady.ts';

/** Arguments of {@link JaegerAgent}. */
export interface JaegerAgentArgs {
  /** Namespace that its objects are made in. */
  readonly namespace: pulumi.Input<string>;
  /** Images that its containers run. */
  readonly images: ImageSource;
  /** What each of its containers reserves and may use at most. */
  readonly resources: ContainerResources;
  /** Host name that resolves to every collector: that of the headless Service. */
  readonly collectorHost: pulumi.Input<string>;
  /** Whether the agent listens on its node's address too. Its namespace must allow that: "restricted" and "baseline" do not. */
  readonly hostPorts: boolean;
  /** Whether its pods have the annotations by which many a Prometheus finds their metrics. @defaultValue false */
  readonly annotatesMetrics?: boolean | undefined;
  /** PriorityClass of its pods. @defaultValue the cluster's default */
  readonly priorityClassName?: pulumi.Input<string> | undefined;
}

/**
 * Jaeger's agent on every node: takes spans over UDP and spreads them over the collectors.
 *
 * @example
 * ```ts
 * const images = { jaegerVersion: '1.50.0' };
 * const resources = {
 *   requests: { cpuMillicores: 100, memoryMebibytes: 128 },
 *   limits: { cpuMillicores: 1000, memoryMebibytes: 256 },
 * };
 * const { serviceName } = new JaegerAgent('agent', {
 *   namespace: 'tracing',
 *   images,
 *   resources,
 *   collectorHost: 'jaeger-collector-headless.tracing.svc',
 *   hostPorts: false,
 * });
 * ```
 */
export class JaegerAgent extends pulumi.ComponentResource {
  /** Name of the Service, once every agent is ready; it leads a pod to the agent of its own node. */
  readonly serviceName: pulumi.Output<string>;

  constructor(name: string, args: JaegerAgentArgs, options?: pulumi.ComponentResourceOptions) {
    super('tracewright:jaeger:Agent', name, {}, options);
    const labels = componentLabels(serviceNames.agent, args.images.jaegerVersion);
    const metadata = { name: serviceNames.agent, namespace: args.namespace, labels };
    const account = new ServiceAccount(name, { metadata, automountServiceAccountToken: false }, { parent: this });
    const daemonSet = new DaemonSet(
      name,
      { metadata, spec: daemonSetSpec(args, labels, account.metadata.name) },
      { parent: this },
    );
    const service = new Service(
      name,
      {
        metadata: { ...metadata, annotations: serviceAnnotations },
        spec: {
          // UDP is not repeated when it gets lost between nodes: it stays on its node.
          internalTrafficPolicy: 'Local',
          selector: selectorLabels(serviceNames.agent),
          ports: servicePorts(Object.values(agentPorts)),
        },
      },
      { parent: this },
    );
    this.serviceName = nameOnceReady(service, daemonSet);
    this.registerOutputs({ serviceName: this.serviceName });
  }
}

/** A node's agent goes only when its successor is ready: no moment without one to lose spans in. */
const successorFirst = { maxUnavailable: 0, maxSurge: '25%' };

/** Nodes with a taint have pods too, whose spans only an agent of the same node takes. */
const everyNode = [{ operator: 'Exists', effect: 'NoSchedule' }];

/** Two pods cannot hold one port of a node. */
const oneAfterTheOther = { maxUnavailable: '10%', maxSurge: 0 };

function daemonSetSpec(
  args: JaegerAgentArgs,
  labels: Record<string, string>,
  serviceAccountName: pulumi.Input<string>,
): types.input.apps.v1.DaemonSetSpec {
  const collector = pulumi.interpolate`${args.collectorHost}:${collectorPorts.grpc.number}`;
  return {
    selector: { matchLabels: selectorLabels(serviceNames.agent) },
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: args.hostPorts ? oneAfterTheOther : successorFirst },
    template: podTemplate({
      name: serviceNames.agent,
      labels,
      serviceAccountName,
      ...(args.annotatesMetrics === true && { annotations: scrapeAnnotations('agent') }),
      priorityClassName: args.priorityClassName,
      tolerations: everyNode,
      userId: jaegerUserId,
      ...shortEnd.pod,
      initContainers: [waitForCollector(collector, args.images)],
      container: {
        image: jaegerImage('agent', args.images),
        env: [
          ...environmentVariables(goRuntimeLimits(args.resources)),
          // The scheme makes gRPC resolve every collector's address and use them in turn; without it, one is pinned.
          { name: 'REPORTER_GRPC_HOST_PORT', value: pulumi.interpolate`dns:///${collector}` },
        ],
        ports: [
          ...(args.hostPorts ? hostContainerPorts : containerPorts)(Object.values(agentPorts)),
          ...containerPorts([adminPorts.agent]),
        ],
        resources: resourceRequirements(args.resources),
        ...jaegerProbes(adminPorts.agent.name),
        ...shortEnd.container,
      },
    }),
  };
}
