import { CoreV1Api, type KubeConfig, type V1Pod, type V1Volume } from '@kubernetes/client-node';

/** What Jaeger shows to the storage, and trusts of it, as its pods have it mounted. */
export interface StorageFiles {
  readonly password?: string;
  /** PEM. */
  readonly ca?: string;
  readonly certificate?: string;
  readonly key?: string;
}

/** Reads the Secrets and ConfigMaps that a pod has as volumes for the storage; needs the permission to read them. */
export async function readStorageFiles(kube: KubeConfig, pod: V1Pod): Promise<StorageFiles> {
  const namespace = pod.metadata?.namespace ?? '';
  const volume = (name: string): V1Volume | undefined => pod.spec?.volumes?.find((each) => each.name === name);
  const read = (name: string, path: string): Promise<string | undefined> =>
    readFile(kube, namespace, volume(name), path);
  const [password, ca, certificate, key] = await Promise.all([
    read('elasticsearch-password', 'password'),
    read('elasticsearch-ca', 'ca.crt'),
    read('elasticsearch-client', 'tls.crt'),
    read('elasticsearch-client', 'tls.key'),
  ]);
  return {
    ...(password !== undefined && { password }),
    ...(ca !== undefined && { ca }),
    ...(certificate !== undefined && { certificate }),
    ...(key !== undefined && { key }),
  };
}

async function readFile(
  kube: KubeConfig,
  namespace: string,
  volume: V1Volume | undefined,
  path: string,
): Promise<string | undefined> {
  const core = kube.makeApiClient(CoreV1Api);
  if (volume?.secret?.secretName !== undefined) {
    const key = volume.secret.items?.find((item) => item.path === path)?.key ?? path;
    const { data = {} } = await core.readNamespacedSecret({ namespace, name: volume.secret.secretName });
    const value = data[key];
    return value === undefined ? undefined : Buffer.from(value, 'base64').toString('utf8');
  }
  if (volume?.configMap?.name === undefined) return undefined;
  const key = volume.configMap.items?.find((item) => item.path === path)?.key ?? path;
  const { data = {} } = await core.readNamespacedConfigMap({ namespace, name: volume.configMap.name });
  return data[key];
}
