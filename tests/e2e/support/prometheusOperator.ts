import {
  ApiextensionsV1Api,
  CustomObjectsApi,
  type KubeConfig,
  type KubernetesObject,
  type V1Pod,
} from '@kubernetes/client-node';
import { z } from 'zod';
import { applyManifests, readManifests } from '../../../tools/kube/applyManifests.ts';
import { unlessAbsent } from '../../../tools/kube/namespaces.ts';
import { toolchainPart } from '../../support/toolchainPart.ts';
import { listPods } from './namespacePods.ts';
import { secondsUntil } from './statusOf.ts';

const group = 'monitoring.coreos.com';
const version = 'v1';

const podMonitors = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), labels: z.record(z.string(), z.string()) }),
      spec: z.object({
        namespaceSelector: z.object({ matchNames: z.array(z.string()).default([]), any: z.boolean().default(false) }),
        selector: z.object({ matchLabels: z.record(z.string(), z.string()) }),
        podMetricsEndpoints: z.tuple([z.object({ port: z.string(), path: z.string() })]),
      }),
    }),
  ),
});

/** A PodMonitor as the API server has taken it. */
export type PodMonitor = z.infer<typeof podMonitors>['items'][number];

/**
 * Gives the cluster the definitions of the Prometheus operator's kinds, and no operator. Disposing of it takes them away, with all
 * objects of these kinds.
 */
export async function installMonitoringCrds(kube: KubeConfig): Promise<AsyncDisposable> {
  const manifests = await readManifests(await toolchainPart('monitoring-crds'));
  const definitions = kube.makeApiClient(ApiextensionsV1Api);
  const remove = async (): Promise<void> => {
    for (const { metadata } of manifests)
      await definitions.deleteCustomResourceDefinition({ name: metadata?.name ?? '' }).catch(unlessAbsent);
  };
  await applyManifests(kube, manifests);
  await secondsUntil('the kinds are served', async () => {
    const seen = await Promise.all(manifests.map((manifest) => isEstablished(definitions, manifest)));
    return { done: seen.every(Boolean), seen };
  });
  return { [Symbol.asyncDispose]: remove };
}

async function isEstablished(definitions: ApiextensionsV1Api, { metadata }: KubernetesObject): Promise<boolean> {
  const { status } = await definitions.readCustomResourceDefinition({ name: metadata?.name ?? '' });
  return (
    status?.conditions?.some((condition) => condition.type === 'Established' && condition.status === 'True') ?? false
  );
}

/** The PodMonitors of a namespace. */
export async function readPodMonitors(kube: KubeConfig, namespace: string): Promise<readonly PodMonitor[]> {
  const asked = { group, version, namespace, plural: 'podmonitors' };
  return podMonitors.parse(await kube.makeApiClient(CustomObjectsApi).listNamespacedCustomObject(asked)).items;
}

/** The PrometheusRules of a namespace. */
export async function readPrometheusRules(kube: KubeConfig, namespace: string): Promise<unknown> {
  const asked = { group, version, namespace, plural: 'prometheusrules' };
  return kube.makeApiClient(CustomObjectsApi).listNamespacedCustomObject(asked);
}

/** `name → pod:port/path` of everything in a namespace that the operator would have scraped, sorted. */
export async function monitoredAddresses(kube: KubeConfig, namespace: string): Promise<readonly string[]> {
  const pods = await listPods(kube, namespace);
  const monitors = await readPodMonitors(kube, namespace);
  return monitors.flatMap((monitor) => pods.flatMap((pod) => addressesOf(monitor, pod))).sort();
}

function addressesOf({ spec }: PodMonitor, { metadata, spec: podSpec }: V1Pod): string[] {
  const { namespaceSelector, selector, podMetricsEndpoints } = spec;
  if (!namespaceSelector.any && !namespaceSelector.matchNames.includes(metadata?.namespace ?? '')) return [];
  if (Object.entries(selector.matchLabels).some(([label, value]) => metadata?.labels?.[label] !== value)) return [];
  const [{ port, path }] = podMetricsEndpoints;
  const ports = (podSpec?.containers ?? []).flatMap((container) => container.ports ?? []);
  return ports
    .filter(({ name }) => name === port)
    .map(({ containerPort }) => `${metadata?.name ?? ''}:${containerPort}${path}`);
}
