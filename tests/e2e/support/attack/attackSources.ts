import { CoreV1Api, type KubeConfig } from '@kubernetes/client-node';
import { unlessAbsent } from '../../../../tools/kube/namespaces.ts';
import { attackNamespaces, attackPodLabels } from './attackNamespaces.ts';
import type { ProbeSource } from './probePod.ts';

/** Labels of a component's pods, as its Service selects them. */
function labelsOf(component: string): Record<string, string> {
  return { 'app.kubernetes.io/name': component, 'app.kubernetes.io/part-of': 'tracewright' };
}

/** Every pod that connections are tried from; see `expectedFlows.ts`. @param withLogin - Whether people log in to the UI. */
export async function attackSources(
  kube: KubeConfig,
  jaegerNamespace: string,
  withLogin: boolean,
): Promise<readonly ProbeSource[]> {
  const components = {
    'as-collector': 'jaeger-collector',
    'as-query': 'jaeger-query',
    'as-agent': 'jaeger-agent',
    'as-cleaner': 'jaeger-index-cleaner',
    'as-elasticsearch': 'elasticsearch',
    'as-check': 'network-policy-check',
    ...(withLogin && { 'as-proxy': 'oauth2-proxy' }),
  };
  return [...fromOutside, ...(await insideSources(kube, jaegerNamespace, components))];
}

/** Pods with the labels of each component, by the names of the pods, and `stray`, which has none. */
export async function insideSources(
  kube: KubeConfig,
  namespace: string,
  components: Readonly<Record<string, string>>,
): Promise<readonly ProbeSource[]> {
  const owner = await makeOwner(kube, namespace);
  const labelled = Object.entries(components).map(([name, of]) => ({ name, namespace, labels: labelsOf(of), owner }));
  return [...labelled, { name: 'stray', namespace, labels: {}, owner }];
}

const fromOutside: readonly ProbeSource[] = [
  { name: 'stranger', namespace: attackNamespaces.stranger, labels: {} },
  { name: 'elsewhere', namespace: attackNamespaces.elsewhere, labels: {} },
  { name: 'impostor', namespace: attackNamespaces.stranger, labels: labelsOf('jaeger-collector') },
  { name: 'labelled', namespace: attackNamespaces.labelled, labels: {} },
  { name: 'listed', namespace: attackNamespaces.listed, labels: {} },
  { name: 'scraper', namespace: attackNamespaces.monitoring, labels: attackPodLabels.scraper },
  { name: 'neighbour', namespace: attackNamespaces.monitoring, labels: {} },
  { name: 'reader', namespace: attackNamespaces.readers, labels: {} },
  { name: 'door', namespace: attackNamespaces.ingress, labels: attackPodLabels.door },
  { name: 'porch', namespace: attackNamespaces.ingress, labels: {} },
];

/** Has Kubernetes delete the pods inside the stack, whose labels its own Services and budgets select. */
export async function removeInsideSources(kube: KubeConfig, namespace: string): Promise<void> {
  await kube.makeApiClient(CoreV1Api).deleteNamespacedConfigMap({ namespace, name: ownerName }).catch(unlessAbsent);
}

const ownerName = 'probes';

/** A DaemonSet would take a pod with its labels for one too many, and delete it, unless somebody else controls the pod. */
async function makeOwner(
  kube: KubeConfig,
  namespace: string,
): Promise<{ readonly name: string; readonly uid: string }> {
  const core = kube.makeApiClient(CoreV1Api);
  const name = ownerName;
  const { metadata } =
    (await core.readNamespacedConfigMap({ namespace, name }).catch(unlessAbsent)) ??
    (await core.createNamespacedConfigMap({ namespace, body: { metadata: { name } } }));
  if (metadata?.uid === undefined) throw new Error(`the ConfigMap ${name} has no identity`);
  return { name, uid: metadata.uid };
}
