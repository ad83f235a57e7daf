import { CoreV1Api, type KubeConfig } from '@kubernetes/client-node';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listPods, readLogs } from './namespacePods.ts';

/** Texts by the place that they were found in. */
export type Places = Readonly<Record<string, string>>;

/** In which places a secret stands, as it is or in Base64. */
export function placesWith(places: Places, secret: string): string[] {
  const forms = [secret, ...base64Forms(secret)];
  return Object.entries(places)
    .filter(([, text]) => forms.some((form) => text.includes(form)))
    .map(([place]) => place);
}

/** What can be read in a namespace without the right to read Secrets: pods, ConfigMaps, events, logs. */
export async function readNamespaceTexts(kube: KubeConfig, namespace: string): Promise<Places> {
  const core = kube.makeApiClient(CoreV1Api);
  const [pods, configMaps, events, logs] = await Promise.all([
    listPods(kube, namespace),
    core.listNamespacedConfigMap({ namespace }),
    core.listNamespacedEvent({ namespace }),
    readLogs(kube, namespace),
  ]);
  return {
    pods: JSON.stringify(pods),
    configMaps: JSON.stringify(configMaps.items),
    events: JSON.stringify(events.items),
    logs,
  };
}

/** Every file below a directory, by its path there. */
export async function readFiles(directory: string): Promise<Places> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = files.map(async (file) => [file, await readFile(file, 'latin1')] as const);
  return Object.fromEntries(await Promise.all(texts));
}

/** The three forms that a text takes inside a longer one in Base64, without the ends that depend on its neighbours. */
function base64Forms(text: string): string[] {
  return ['', ' ', '  '].map((before) => {
    const encoded = Buffer.from(before + text).toString('base64');
    return encoded.slice(before.length === 0 ? 0 : 4, -4);
  });
}
