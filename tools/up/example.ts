import { CoreV1Api, type KubeConfig, type KubernetesObject } from '@kubernetes/client-node';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { stackLabel, tracesToLabel } from '../../infra/kubernetes/labels.ts';
import { metricsToLabel } from '../../infra/monitoring/scrapeTargets.ts';
import type { TracingStackOutputs } from '../../runtime/src/tracing/stackOutputs.ts';
import type { ReportDetail } from '../console/phases.ts';
import { applyManifests, readManifests } from '../kube/applyManifests.ts';
import { deleteNamespace, unlessAbsent } from '../kube/namespaces.ts';
import { waitForWorkloads } from '../kube/waitForRollout.ts';

/** The namespace that the example's manifests name. */
export const exampleNamespace = 'checkout';

const exampleImageName = 'tracewright/checkout';
const credentials = 'postgres-credentials';
const pageTokens = 'dashboard-tokens';
const serviceTokens = 'service-tokens';

export interface ExampleOptions {
  readonly kube: KubeConfig;
  readonly checkout: string;
  /** The stack that the example reports to; only that stack's `down` deletes it. */
  readonly stack: string;
  /** Replaces the image of the manifests. */
  readonly image?: string;
}

/** The example's namespace exists and is not this stack's. */
export class ExampleNamespaceTakenError extends Error {
  override readonly name = 'ExampleNamespaceTakenError';

  constructor(owner: string | undefined, stack: string) {
    const whose = owner === undefined ? 'was not made by Tracewright' : `belongs to stack ${owner}`;
    super(
      `namespace ${exampleNamespace} ${whose}: the example of stack ${stack} needs one of that name for itself. ` +
        'Remove it, or use another cluster. Nothing was deployed.',
    );
  }
}

/**
 * Makes sure that the example's namespace is free, or this stack's own.
 * @throws ExampleNamespaceTakenError when it is somebody else's.
 */
export async function requireExampleNamespace(kube: KubeConfig, stack: string): Promise<void> {
  const namespace = await kube.makeApiClient(CoreV1Api).readNamespace({ name: exampleNamespace }).catch(unlessAbsent);
  if (namespace === undefined) return;
  const owner = namespace.metadata?.labels?.[stackLabel];
  if (owner !== stack) throw new ExampleNamespaceTakenError(owner, stack);
}

/**
 * Applies the example, as one that may send spans to the stack, with the environment that the stack gives to applications,
 * and waits until all of it is ready.
 */
export async function applyExample(
  { kube, checkout, stack, image }: ExampleOptions,
  { namespace: tracing, environment, query }: Pick<TracingStackOutputs, 'namespace' | 'environment' | 'query'>,
  report: ReportDetail,
  signal?: AbortSignal,
): Promise<void> {
  await requireExampleNamespace(kube, stack);
  const objects = await readManifests(join(checkout, 'examples', 'checkout', 'kubernetes'));
  const [namespaces, rest] = partition(objects, ({ kind }) => kind === 'Namespace');
  await applyManifests(
    kube,
    namespaces.map((namespace) => withLabels(namespace, { [stackLabel]: stack, [tracesToLabel]: tracing })),
  );
  // The database's files know its password, and people have the page's address with its token: what is there is kept.
  await ensureSecret(kube, credentials, ['password']);
  await ensureSecret(kube, serviceTokens, ['key']);
  await ensureSecret(kube, pageTokens, ['operate', 'read', 'peers']);
  const settings = { ...environment, JAEGER_QUERY_URL: query.url };
  const made = rest.map((object) => watchedWith(withImage(object, image), tracing));
  await applyManifests(kube, [environmentConfigMap(settings), ...made]);
  await waitForWorkloads(kube, exampleNamespace, 240, report, signal);
}

/**
 * What lets people look at the page of the example, and act on it.
 * @throws Error of the API server where the example is not deployed, or may not be read.
 */
export async function readPageToken(kube: KubeConfig): Promise<string> {
  const secret = { namespace: exampleNamespace, name: pageTokens };
  const { data } = await kube.makeApiClient(CoreV1Api).readNamespacedSecret(secret);
  return Buffer.from(data?.['operate'] ?? '', 'base64').toString('utf8');
}

/** Deletes the example's namespace with all that is in it, and waits until it is gone. Another stack's is left alone. */
export async function deleteExample(kube: KubeConfig, stack: string, report: ReportDetail): Promise<void> {
  const namespace = await kube.makeApiClient(CoreV1Api).readNamespace({ name: exampleNamespace }).catch(unlessAbsent);
  if (namespace?.metadata?.labels?.[stackLabel] !== stack) return;
  await deleteNamespace(kube, exampleNamespace, report);
}

function environmentConfigMap(
  environment: Readonly<Record<string, string>>,
): KubernetesObject & { data: Readonly<Record<string, string>> } {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'tracewright-environment', namespace: exampleNamespace },
    data: environment,
  };
}

/** Makes a Secret of random texts of 32 characters once. */
async function ensureSecret(kube: KubeConfig, name: string, keys: readonly string[]): Promise<void> {
  const core = kube.makeApiClient(CoreV1Api);
  const { items } = await core.listNamespacedSecret({
    namespace: exampleNamespace,
    fieldSelector: `metadata.name=${name}`,
  });
  if (items.length > 0) return;
  const stringData = Object.fromEntries(keys.map((key) => [key, randomBytes(24).toString('base64url')]));
  await core.createNamespacedSecret({ namespace: exampleNamespace, body: { metadata: { name }, stringData } });
}

function withLabels(object: KubernetesObject, labels: Readonly<Record<string, string>>): KubernetesObject {
  const copy = structuredClone(object);
  const metadata = copy.metadata ?? {};
  metadata.labels = { ...metadata.labels, ...labels };
  copy.metadata = metadata;
  return copy;
}

function withImage(object: KubernetesObject, image: string | undefined): KubernetesObject {
  if (image === undefined) return object;
  const copy = structuredClone(object);
  for (const container of containersOf(copy))
    if (container.image.startsWith(`${exampleImageName}:`)) container.image = image;
  return copy;
}

/** Has the pods of a workload that show metrics scraped together with a stack. */
function watchedWith(object: KubernetesObject, tracing: string): KubernetesObject {
  const copy = structuredClone(object) as KubernetesObject & {
    spec?: { template?: { metadata?: { labels?: Record<string, string> } } };
  };
  const labels = copy.spec?.template?.metadata?.labels;
  if (labels?.[metricsToLabel] !== undefined) labels[metricsToLabel] = tracing;
  return copy;
}

/** The containers and init containers of a workload; none for an object without a pod template. */
function containersOf(object: KubernetesObject): { image: string }[] {
  const { spec } = object as {
    spec?: { template?: { spec?: { containers?: { image: string }[]; initContainers?: { image: string }[] } } };
  };
  return [...(spec?.template?.spec?.initContainers ?? []), ...(spec?.template?.spec?.containers ?? [])];
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}
