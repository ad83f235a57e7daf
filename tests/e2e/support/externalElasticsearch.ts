import { AppsV1Api, type KubeConfig } from '@kubernetes/client-node';
import {
  createAuthority,
  issueCertificate,
  type KeyAndCertificate,
} from '../../../tools/cluster/pki/certificateAuthority.ts';
import { applyManifests } from '../../../tools/kube/applyManifests.ts';
import { deleteNamespace } from '../../../tools/kube/namespaces.ts';
import { waitForWorkloads } from '../../../tools/kube/waitForRollout.ts';
import { testCluster } from '../../support/commands.ts';
import { importTestImages } from '../../support/testImages.ts';
import { buildCreationDatePlugin } from './creationDatePlugin.ts';
import type { ElasticsearchFront } from './externalElasticsearchFront.ts';
import { elasticsearchPort, frontName, frontObjects, nodeName, nodeObjects } from './externalElasticsearchObjects.ts';
import { requestPod, type PodRequest } from '../../../tools/kube/requestPod.ts';
import { secondsUntil } from './statusOf.ts';

const READY_SECONDS = 120;
const DAY_MILLIS = 24 * 60 * 60 * 1000;

/**
 * A real Elasticsearch 7.17.10 as an operations team would hand it out: its own security stays off, since a real
 * nginx before it terminates TLS with a certificate of a private CA, asks for a client certificate and for a password:
 * everything about the front can change while the node and its data stay.
 */
export class ExternalElasticsearch implements AsyncDisposable {
  /** Address that Jaeger is given. */
  readonly url: string;
  readonly namespace: string;
  /** The private CA of the server. PEM. */
  readonly authority: string;
  /** What Jaeger shows. */
  readonly clientCertificate: KeyAndCertificate;
  readonly #kube: KubeConfig;
  readonly #authority: KeyAndCertificate;
  #front: ElasticsearchFront;

  private constructor(
    kube: KubeConfig,
    namespace: string,
    authority: KeyAndCertificate,
    clientCertificate: KeyAndCertificate,
    front: ElasticsearchFront,
  ) {
    this.#kube = kube;
    this.#authority = authority;
    this.#front = front;
    this.namespace = namespace;
    this.url = `https://${frontHost(namespace)}:${elasticsearchPort}`;
    this.authority = authority.certificate;
    this.clientCertificate = clientCertificate;
  }

  /**
   * Starts both in a namespace of their own, from nothing, and returns when both are ready.
   *
   * @param diskMebibytes - size of a disk of its own for the node's data. Left out: the cluster node's disk
   */
  static async start(
    kube: KubeConfig,
    namespace: string,
    credentials: Pick<ElasticsearchFront, 'username' | 'password'>,
    diskMebibytes?: number,
  ): Promise<ExternalElasticsearch> {
    const now = Date.now();
    const authority = await createAuthority('private CA of the tests', now);
    const clients = await createAuthority('CA of the clients', now);
    const certificate = await serverCertificate(authority, namespace, now);
    const client = await issueCertificate(clients, { commonName: 'jaeger', usage: 'client' }, now);
    const front = { certificate, clientAuthority: clients.certificate, ...credentials };
    const started = new ExternalElasticsearch(kube, namespace, authority, client, front);
    const [plugin] = await Promise.all([
      buildCreationDatePlugin(),
      importTestImages(testCluster, ['nginx']),
      deleteNamespace(kube, namespace, () => undefined),
    ]);
    await applyManifests(kube, [
      ...nodeObjects(namespace, plugin, diskMebibytes),
      ...frontObjects(namespace, front, 1),
    ]);
    await started.#ready();
    return started;
  }

  /** What nginx asks for and shows now. */
  get front(): ElasticsearchFront {
    return this.#front;
  }

  /** Changes what nginx asks for or shows, and returns when it does so. */
  async change(change: Partial<ElasticsearchFront>): Promise<void> {
    this.#front = { ...this.#front, ...change };
    await applyManifests(this.#kube, frontObjects(this.namespace, this.#front, 1));
    await this.#ready();
  }

  /** Nobody answers at the address until the next {@link change}. */
  async stop(): Promise<void> {
    await applyManifests(this.#kube, frontObjects(this.namespace, this.#front, 0));
    const apps = this.#kube.makeApiClient(AppsV1Api);
    await secondsUntil('the front is gone', async () => {
      const { status } = await apps.readNamespacedDeployment({ namespace: this.namespace, name: frontName });
      return { done: (status?.replicas ?? 0) === 0, seen: status };
    });
  }

  /** A certificate of the right CA and name that ended a month ago. */
  expiredCertificate(): Promise<KeyAndCertificate> {
    // Certificates are made for 365 days.
    return serverCertificate(this.#authority, this.namespace, Date.now() - (365 + 30) * DAY_MILLIS);
  }

  /** A valid certificate of the right name, of a CA that nobody was told of. */
  async foreignCertificate(): Promise<KeyAndCertificate> {
    const now = Date.now();
    return serverCertificate(await createAuthority('private CA of others', now), this.namespace, now);
  }

  /** Asks the node itself, past nginx, as only the API server can. */
  async request(request: PodRequest): Promise<{ readonly status: number; readonly body: string }> {
    const target = { namespace: this.namespace, service: nodeName, podPort: elasticsearchPort };
    return requestPod(this.#kube, target, request);
  }

  /** Asks the node for JSON. @throws Error for any status but 200. */
  async requestJson(request: PodRequest): Promise<unknown> {
    const { status, body } = await this.request(request);
    if (status !== 200) throw new Error(`${request.method ?? 'GET'} ${request.path} was answered ${status}: ${body}`);
    return JSON.parse(body);
  }

  /** Names of all indices, sorted. */
  async indices(): Promise<string[]> {
    const { body } = await this.request({ path: '/_cat/indices?h=index&expand_wildcards=all' });
    return body.split('\n').filter(Boolean).sort();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await deleteNamespace(this.#kube, this.namespace, () => undefined);
  }

  async #ready(): Promise<void> {
    await waitForWorkloads(this.#kube, this.namespace, READY_SECONDS, () => undefined);
  }
}

function frontHost(namespace: string): string {
  return `${frontName}.${namespace}.svc`;
}

function serverCertificate(authority: KeyAndCertificate, namespace: string, now: number): Promise<KeyAndCertificate> {
  const host = frontHost(namespace);
  const subjectAltNames = [{ type: 'dns' as const, value: host }];
  return issueCertificate(authority, { commonName: host, usage: 'server', subjectAltNames }, now);
}
