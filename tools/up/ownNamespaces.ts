import { AppsV1Api, BatchV1Api, CoreV1Api, type KubeConfig, type V1Namespace } from '@kubernetes/client-node';
import { ownPart, partOfLabel, stackLabel } from '../../infra/kubernetes/labels.ts';
import { shorten } from '../kube/logLines.ts';
import { unlessAbsent } from '../kube/namespaces.ts';
import { enforcedLevel, enforceLabel } from '../kube/podSecurity.ts';

/** A namespace that the stack would make is another stack's. */
export class NamespaceTakenError extends Error {
  override readonly name = 'NamespaceTakenError';

  constructor(namespace: string, owner: string, stack: string) {
    super(
      `namespace ${namespace} belongs to stack ${owner}: stack ${stack} needs one for itself. Give it another ` +
        '(tracewright:namespace), or use another cluster. Nothing was deployed.',
    );
  }
}

/** A namespace that the stack would make is there already, and is not fit to become its own. */
export class ForeignNamespaceError extends Error {
  override readonly name = 'ForeignNamespaceError';

  constructor(namespace: string, stack: string, faults: readonly string[]) {
    super(
      `namespace ${namespace} is there already, and was not made by stack ${stack}: ${faults.join('; ')}. The stack takes over a ` +
        'namespace that was made for it, refuses its pods what no policy allows, and deletes it in the end. Give the stack ' +
        `another one (tracewright:namespace); or, where ${namespace} is meant for it, move out what is not Jaeger's and run ` +
        `kubectl label --overwrite namespace ${namespace} ${enforceLabel}=restricted. Nothing was deployed.`,
    );
  }
}

/** A namespace that is there, as far as it is judged. */
export interface FoundNamespace extends Pick<V1Namespace, 'metadata'> {
  /** What runs in it, or holds data, and is not Tracewright's: `pod web-1`. Secrets are not: those of a stack are put there first. */
  readonly foreign: readonly string[];
}

/** What a stack may expect of a namespace. */
export interface Claim {
  readonly stack: string;
  /** Whether the stack's state holds it. */
  readonly known: boolean;
  /** Whether its pods must keep to Pod Security "restricted"; those of an agent with host ports cannot. */
  readonly restricted: boolean;
}

/**
 * Makes sure that no namespace of a stack is another one's or somebody else's: the engine would take it over unasked, labels
 * and all, and delete it with the stack (provider 4, `pkg/await/await.go`: a create is an upsert). One that was made for the
 * stack, so that its Secrets can be put there first, is fine.
 * @param namespaces - Jaeger's first.
 * @param known - Those that the stack's state holds.
 * @throws NamespaceTakenError, ForeignNamespaceError
 */
export async function requireOwnNamespaces(
  kube: KubeConfig,
  namespaces: readonly string[],
  stack: string,
  known: readonly string[],
): Promise<void> {
  const core = kube.makeApiClient(CoreV1Api);
  for (const [index, name] of namespaces.entries()) {
    const namespace = await core.readNamespace({ name }).catch(unlessAbsent);
    if (namespace === undefined) continue;
    const { metadata = {} } = namespace;
    const found = { metadata, foreign: await listForeign(kube, name) };
    requireOwn(name, found, { stack, known: known.includes(name), restricted: index === 0 });
  }
}

async function listForeign(kube: KubeConfig, namespace: string): Promise<string[]> {
  const core = kube.makeApiClient(CoreV1Api);
  const apps = kube.makeApiClient(AppsV1Api);
  const where = { namespace, labelSelector: `${partOfLabel}!=${ownPart}` };
  const lists = await Promise.all([
    core.listNamespacedPod(where).then(named('pod')),
    core.listNamespacedPersistentVolumeClaim(where).then(named('volume')),
    apps.listNamespacedDeployment(where).then(named('Deployment')),
    apps.listNamespacedStatefulSet(where).then(named('StatefulSet')),
    kube.makeApiClient(BatchV1Api).listNamespacedCronJob(where).then(named('CronJob')),
  ]);
  return lists.flat();
}

function named(kind: string) {
  return ({ items }: { readonly items: readonly Pick<V1Namespace, 'metadata'>[] }): string[] =>
    items.map(({ metadata }) => `${kind} ${metadata?.name ?? ''}`);
}

/** Judges one namespace that is there. One that the stack's state holds is its own, whoever has taken the label off. */
export function requireOwn(name: string, namespace: FoundNamespace, { stack, known, restricted }: Claim): void {
  const owner = namespace.metadata?.labels?.[stackLabel];
  if (owner !== undefined && owner !== stack) throw new NamespaceTakenError(name, owner, stack);
  if (owner !== undefined || known) return;
  const level = enforcedLevel(namespace);
  const faults = [
    ...(restricted && level !== 'restricted'
      ? [`it holds its pods to Pod Security "${level}" (label ${enforceLabel}), and Jaeger needs "restricted"`]
      : []),
    ...(namespace.foreign.length > 0
      ? [`it holds what is not Jaeger's (${shorten(namespace.foreign.join(', '))})`]
      : []),
  ];
  if (faults.length > 0) throw new ForeignNamespaceError(name, stack, faults);
}
