import type { KubeConfig, KubernetesObject } from '@kubernetes/client-node';
import { NetworkingV1Api, RbacAuthorizationV1Api } from '@kubernetes/client-node';
import { applyManifests } from '../../../tools/kube/applyManifests.ts';
import { deleteNamespace, unlessAbsent } from '../../../tools/kube/namespaces.ts';
import { waitForWorkloads } from '../../../tools/kube/waitForRollout.ts';
import { testCluster } from '../../support/commands.ts';
import { importTestImages } from '../../support/testImages.ts';
import { namespaceObject } from './externalElasticsearchObjects.ts';
import { restrictedServerObjects } from './restrictedServer.ts';
import { requestOverTls, type TlsAnswer, type TlsRequest } from './tlsRequest.ts';

const name = 'traefik';
const tlsPort = 8443;
const healthPort = 8080;
const READY_SECONDS = 120;
// Of the image's official namesake, which leaves it to the pod.
const USER = 65_532;

/**
 * A real Traefik as a cluster's operators would run it: it serves the Ingresses of its class in every namespace, over TLS
 * alone, and writes its address into their status.
 */
export class IngressController implements AsyncDisposable {
  readonly namespace: string;
  /** What an Ingress names it by. */
  readonly className = name;
  /** Labels of its pods, for network policies. */
  readonly podLabels: Readonly<Record<string, string>> = { app: name };
  readonly #kube: KubeConfig;

  private constructor(kube: KubeConfig, namespace: string) {
    this.#kube = kube;
    this.namespace = namespace;
  }

  /** Starts it from nothing, and returns when it is ready. */
  static async start(kube: KubeConfig, namespace = 'ingress'): Promise<IngressController> {
    await using made = new AsyncDisposableStack();
    const started = made.use(new IngressController(kube, namespace));
    const [images] = await Promise.all([
      importTestImages(testCluster, ['traefik']),
      deleteNamespace(kube, namespace, () => undefined),
    ]);
    await applyManifests(kube, [...accessObjects(namespace), ...serverObjects(namespace, images[0] ?? '')]);
    await waitForWorkloads(kube, namespace, READY_SECONDS, () => undefined);
    made.move();
    return started;
  }

  /** Asks for a page of a host, as a browser would whose name service knows the host. */
  request(request: TlsRequest): Promise<TlsAnswer> {
    const target = { namespace: this.namespace, service: name, podPort: tlsPort };
    return requestOverTls(this.#kube, target, request);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const access = this.#kube.makeApiClient(RbacAuthorizationV1Api);
    await this.#kube.makeApiClient(NetworkingV1Api).deleteIngressClass({ name }).catch(unlessAbsent);
    await access.deleteClusterRoleBinding({ name }).catch(unlessAbsent);
    await access.deleteClusterRole({ name }).catch(unlessAbsent);
    await deleteNamespace(this.#kube, this.namespace, () => undefined);
  }
}

function serverObjects(namespace: string, image: string): readonly KubernetesObject[] {
  return restrictedServerObjects({
    name,
    namespace,
    image,
    userId: USER,
    callsApi: true,
    args: [
      `--entrypoints.websecure.address=:${tlsPort}`,
      '--entrypoints.websecure.http.tls=true',
      `--entrypoints.traefik.address=:${healthPort}`,
      '--ping=true',
      '--providers.kubernetesingress=true',
      `--providers.kubernetesingress.ingressclass=${name}`,
      `--providers.kubernetesingress.ingressendpoint.hostname=${name}.${namespace}.svc`,
      '--global.checknewversion=false',
      '--global.sendanonymoususage=false',
    ],
    ports: [{ name: 'websecure', port: 443, podPort: tlsPort }],
    health: { path: '/ping', port: healthPort, scheme: 'HTTP' },
  });
}

/** What it must read to serve Ingresses, and the status that it writes. */
function accessObjects(namespace: string): readonly KubernetesObject[] {
  const apiGroup = 'rbac.authorization.k8s.io';
  const access = { apiVersion: `${apiGroup}/v1`, metadata: { name } };
  const networking = 'networking.k8s.io';
  const read = ['list', 'watch'];
  const rules = [
    { apiGroups: [''], resources: ['services', 'secrets', 'nodes'], verbs: read },
    { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: read },
    { apiGroups: [networking], resources: ['ingresses', 'ingressclasses'], verbs: read },
    { apiGroups: [networking], resources: ['ingresses/status'], verbs: ['update'] },
  ];
  const subjects = [{ kind: 'ServiceAccount', name, namespace }];
  const ingressClass = { apiVersion: `${networking}/v1`, kind: 'IngressClass', metadata: { name } };
  return [
    namespaceObject(namespace),
    { ...access, kind: 'ClusterRole', rules },
    { ...access, kind: 'ClusterRoleBinding', roleRef: { apiGroup, kind: 'ClusterRole', name }, subjects },
    { ...ingressClass, spec: { controller: 'traefik.io/ingress-controller' } },
  ] as KubernetesObject[];
}
