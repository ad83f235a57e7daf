import {
  ApiException,
  KubernetesObjectApi,
  PatchStrategy,
  type KubeConfig,
  type KubernetesObject,
} from '@kubernetes/client-node';
import { isRecord } from '../../../tools/values/isRecord.ts';

/** What names an object. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Left out for what is in none. */
  readonly namespace?: string;
}

/** An object as it is read and written, with all of its fields. */
export type WholeObject = KubernetesObject & Readonly<Record<string, unknown>>;

/** Who the API server is told that breaks things: a person's `kubectl edit`. */
const vandal = 'kubectl-edit';

/** Changes an object as `kubectl edit` does. @returns what restores it. */
export async function editObject(
  kube: KubeConfig,
  reference: ObjectReference,
  edit: (object: WholeObject) => WholeObject,
): Promise<() => Promise<void>> {
  const original = await readObject(kube, reference);
  await retryConflicts(() => replaceBy(kube, reference, vandal, edit));
  return () => restore(kube, reference, original);
}

/** Deletes an object. @returns what makes it anew. */
export async function removeObject(kube: KubeConfig, reference: ObjectReference): Promise<() => Promise<void>> {
  const api = KubernetesObjectApi.makeApiClient(kube);
  const original = await readObject(kube, reference);
  await api.delete(original);
  return async () => {
    const { metadata = {}, ...rest } = original;
    const { name = '', namespace, labels, annotations } = metadata;
    const anew = {
      ...rest,
      metadata: {
        name,
        ...(namespace === undefined ? {} : { namespace }),
        ...(labels === undefined ? {} : { labels }),
        ...(annotations === undefined ? {} : { annotations }),
      },
    };
    delete (anew as { status?: unknown }).status;
    await api.patch(anew, undefined, undefined, makerOf(original), true, PatchStrategy.ServerSideApply);
  };
}

/** Makes an object that was not there. @returns what deletes it. */
export async function addObject(kube: KubeConfig, object: KubernetesObject): Promise<() => Promise<void>> {
  const api = KubernetesObjectApi.makeApiClient(kube);
  await api.create(object, undefined, undefined, vandal);
  return async () => {
    await api.delete(object);
  };
}

/**
 * Writes all fields as they were, with the account of who owns which: what is changed by that is the stack's again, as if nobody had
 * touched it.
 */
async function restore(kube: KubeConfig, reference: ObjectReference, original: WholeObject): Promise<void> {
  await retryConflicts(() => replaceBy(kube, reference, makerOf(original), () => original));
}

/** Replaces what is there now; controllers write to it meanwhile. */
async function replaceBy(
  kube: KubeConfig,
  reference: ObjectReference,
  manager: string,
  edit: (object: WholeObject) => WholeObject,
): Promise<void> {
  const current = await readObject(kube, reference);
  const { resourceVersion } = current.metadata ?? {};
  const edited = structuredClone(edit(current));
  if (edited.metadata !== undefined && resourceVersion !== undefined) edited.metadata.resourceVersion = resourceVersion;
  await KubernetesObjectApi.makeApiClient(kube).replace(edited, undefined, undefined, manager);
}

async function retryConflicts(work: () => Promise<void>, left = 10): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ApiException && error.code === 409 && left > 0)) throw error;
    await retryConflicts(work, left - 1);
  }
}

async function readObject(kube: KubeConfig, { apiVersion, kind, ...place }: ObjectReference): Promise<WholeObject> {
  const found: KubernetesObject = await KubernetesObjectApi.makeApiClient(kube).read({
    apiVersion,
    kind,
    metadata: place,
  });
  const whole: unknown = found;
  if (!isRecord(whole)) throw new TypeError(`${kind} ${place.name} is no object`);
  return whole;
}

function makerOf({ metadata }: KubernetesObject): string {
  const maker = metadata?.managedFields?.find(({ operation }) => operation === 'Apply')?.manager;
  if (maker === undefined) throw new Error(`${metadata?.name ?? 'an object'} was applied by nobody`);
  return maker;
}
