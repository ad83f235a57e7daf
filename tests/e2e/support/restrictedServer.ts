import type { KubernetesObject } from '@kubernetes/client-node';
import { createHash } from 'node:crypto';
import { restrictedContainer, restrictedPodSecurity } from '../../../infra/kubernetes/securityContexts.ts';

/** One server that a test puts into the cluster. */
export interface RestrictedServer {
  /** Of the Deployment, the Service, the container, and the label `app`. */
  readonly name: string;
  readonly namespace: string;
  readonly image: string;
  readonly userId: number;
  readonly args: readonly string[];
  /** Port of the Service, by its name, and of the pods. */
  readonly ports: readonly { readonly name: string; readonly port: number; readonly podPort: number }[];
  /** The pod is ready as long as this answers. */
  readonly health: { readonly path: string; readonly port: number; readonly scheme: 'HTTP' | 'HTTPS' };
  /** Files by name, and where they lie. They come from a Secret; the pod is replaced when they change. */
  readonly files?: { readonly directory: string; readonly contents: Readonly<Record<string, string>> };
  /** Speaks to the API server as a service account of its own name. @defaultValue false */
  readonly callsApi?: boolean;
  /** @defaultValue 1 */
  readonly replicas?: number;
}

const memory = { requests: { cpu: '20m', memory: '64Mi' }, limits: { cpu: '1', memory: '256Mi' } };

/** A Service and a Deployment under Pod Security "restricted", with the Secret and the service account that they need. */
export function restrictedServerObjects(server: RestrictedServer): readonly KubernetesObject[] {
  const { name, namespace, ports, callsApi = false } = server;
  const metadata = { name, namespace };
  const servicePorts = ports.map(({ name: port, port: number, podPort }) => ({
    name: port,
    port: number,
    targetPort: podPort,
  }));
  return [
    ...(callsApi ? [{ apiVersion: 'v1', kind: 'ServiceAccount', metadata }] : []),
    ...(server.files ? [secretObject(server)] : []),
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: { app: name }, ports: servicePorts } },
    deploymentObject(server),
  ] as KubernetesObject[];
}

function secretObject(server: RestrictedServer): KubernetesObject {
  const metadata = { name: secretName(server), namespace: server.namespace };
  return { apiVersion: 'v1', kind: 'Secret', metadata, stringData: server.files?.contents } as KubernetesObject;
}

/** Another content has another name: a pod's files never mix. */
function secretName({ name, files }: RestrictedServer): string {
  const hash = createHash('sha256').update(JSON.stringify(files?.contents)).digest('hex');
  return `${name}-${hash.slice(0, 12)}`;
}

function deploymentObject(server: RestrictedServer): KubernetesObject {
  const { name, namespace, userId, callsApi = false, replicas = 1 } = server;
  const labels = { app: name };
  const template = {
    metadata: { labels },
    spec: {
      ...(callsApi && { serviceAccountName: name }),
      automountServiceAccountToken: callsApi,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 5,
      securityContext: restrictedPodSecurity(userId),
      containers: [restrictedContainer(containerOf(server))],
      volumes: [
        { name: 'tmp', emptyDir: {} },
        ...(server.files ? [{ name: 'files', secret: { secretName: secretName(server) } }] : []),
      ],
    },
  };
  // Two at once would answer differently.
  const strategy = { type: 'Recreate' };
  const spec = { replicas, strategy, selector: { matchLabels: labels }, template };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace }, spec } as KubernetesObject;
}

function containerOf({ name, image, args, ports, health, files }: RestrictedServer) {
  return {
    name,
    image,
    args: [...args],
    ports: ports.map(({ name: port, podPort }) => ({ name: port, containerPort: podPort })),
    resources: memory,
    readinessProbe: { httpGet: { ...health }, periodSeconds: 1, timeoutSeconds: 5 },
    volumeMounts: [
      { name: 'tmp', mountPath: '/tmp' },
      ...(files ? [{ name: 'files', mountPath: files.directory, readOnly: true }] : []),
    ],
  };
}
