import { KubernetesObjectApi, PatchStrategy, type KubeConfig, type KubernetesObject } from '@kubernetes/client-node';
import { loadAllYaml } from '@kubernetes/client-node';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { apiErrorText } from './apiErrorText.ts';

const fieldManager = 'tracewright';

/** The API server refused an object. */
export class ApplyError extends Error {
  override readonly name = 'ApplyError';

  constructor(object: KubernetesObject, cause: unknown) {
    super(`${describeObject(object)} was refused: ${apiErrorText(cause)}`, {
      cause,
    });
  }
}

/** The objects of every `.yaml` file of a directory, in the order of the file names. */
export async function readManifests(directory: string): Promise<KubernetesObject[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.yaml')).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(directory, file), 'utf8')));
  return texts.flatMap((text) => loadAllYaml(text).filter(isObject));
}

/**
 * Applies objects one after the other by server-side apply: an object that is as it should be is left alone.
 * @throws ApplyError for the first that the API server refuses.
 */
export async function applyManifests(config: KubeConfig, objects: readonly KubernetesObject[]): Promise<void> {
  const api = KubernetesObjectApi.makeApiClient(config);
  for (const object of objects) {
    try {
      await api.patch(object, undefined, undefined, fieldManager, true, PatchStrategy.ServerSideApply);
    } catch (cause) {
      throw new ApplyError(object, cause);
    }
  }
}

function describeObject(object: KubernetesObject): string {
  return `${object.kind ?? 'object'} ${object.metadata?.name ?? 'without a name'}`;
}

function isObject(value: unknown): value is KubernetesObject {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
