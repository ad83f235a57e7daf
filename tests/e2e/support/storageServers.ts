import type { KubeConfig, KubernetesObject, V1Probe } from '@kubernetes/client-node';
import { pbkdf2Sync } from 'node:crypto';
import { elasticsearchContainer, elasticsearchFiles } from '../../../infra/jaeger/elasticsearchFiles.ts';
import { restrictedContainer, restrictedPodSecurity } from '../../../infra/kubernetes/securityContexts.ts';
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
import {
  elasticsearchPort,
  frontName,
  frontObjects,
  namespaceObject,
  nodeName,
} from './externalElasticsearchObjects.ts';
import type { ElasticsearchFront } from './externalElasticsearchFront.ts';
import { requestPod } from '../../../tools/kube/requestPod.ts';

/** The servers, by the names of their images in `tests/support/testImages.ts`. */
export type ServerName = 'elasticsearch-8' | 'opensearch-1' | 'opensearch-2';

const IMAGES: Readonly<Record<ServerName, string>> = {
  'elasticsearch-8': 'elasticsearch:8.7.1',
  'opensearch-1': 'opensearchproject/opensearch:1.3.14',
  'opensearch-2': 'opensearchproject/opensearch:2.11.0',
};

/** The Service that Jaeger is told. */
const addressName = 'storage';
const READY_SECONDS = 180;
const SERVER_USER = 1000;
const HEAP_MEBIBYTES = 320;

/**
 * One address, behind which stands a real Elasticsearch 8 or a real OpenSearch, each started from nothing; all show the same
 * certificate and take the same password. Elasticsearch 8 does so by itself; OpenSearch as it is pinned has no security, so
 * that nginx stands before it, which asks for a client certificate too.
 */
export class StorageServers implements AsyncDisposable {
  /** Address that Jaeger is given. */
  readonly url: string;
  readonly namespace: string;
  /** What nginx asks for and shows, and Elasticsearch 8 alike. */
  readonly front: ElasticsearchFront;
  /** The private CA of the address. PEM. */
  readonly authority: string;
  /** What Jaeger shows. */
  readonly clientCertificate: KeyAndCertificate;
  readonly #kube: KubeConfig;

  private constructor(kube: KubeConfig, namespace: string, keys: Keys) {
    this.#kube = kube;
    this.namespace = namespace;
    this.url = `https://${addressHost(namespace)}:${elasticsearchPort}`;
    this.front = keys.front;
    this.authority = keys.authority;
    this.clientCertificate = keys.clientCertificate;
  }

  /** Starts them all, and returns when they are ready; the address leads to `first`. */
  static async start(
    kube: KubeConfig,
    namespace: string,
    credentials: Credentials,
    first: ServerName,
  ): Promise<StorageServers> {
    const started = new StorageServers(kube, namespace, await createKeys(namespace, credentials));
    const names = Object.keys(IMAGES) as ServerName[];
    await Promise.all([
      importTestImages(testCluster, ['nginx', ...names]),
      deleteNamespace(kube, namespace, () => undefined),
    ]);
    const { front } = started;
    const servers = names.flatMap((name) => serverObjects(namespace, name, front));
    // nginx does not start before the name is known of what it leads to.
    const behindFront = service(nodeName, namespace, 'opensearch-2');
    const objects = [namespaceObject(namespace), ...servers, behindFront, ...frontObjects(namespace, front, 1)];
    await applyManifests(kube, objects);
    await started.leadTo(first);
    await waitForWorkloads(kube, namespace, READY_SECONDS, () => undefined);
    return started;
  }

  /** Puts another server behind the address, while all of them go on running. */
  async leadTo(server: ServerName): Promise<void> {
    const isOpenSearch = server !== 'elasticsearch-8';
    const objects = [
      ...(isOpenSearch ? [service(nodeName, this.namespace, server)] : []),
      service(addressName, this.namespace, isOpenSearch ? frontName : server),
    ];
    await applyManifests(this.#kube, objects);
  }

  /** Asks the OpenSearch behind the address itself, past nginx. @throws Error for any status but 200. */
  async request(path: string): Promise<string> {
    const target = { namespace: this.namespace, service: nodeName, podPort: elasticsearchPort };
    const { status, body } = await requestPod(this.#kube, target, { path });
    if (status !== 200) throw new Error(`${path} was answered ${status}: ${body}`);
    return body;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await deleteNamespace(this.#kube, this.namespace, () => undefined);
  }
}

type Credentials = Pick<ElasticsearchFront, 'username' | 'password'>;

interface Keys {
  readonly front: ElasticsearchFront;
  readonly authority: string;
  readonly clientCertificate: KeyAndCertificate;
}

async function createKeys(namespace: string, credentials: Credentials): Promise<Keys> {
  const now = Date.now();
  const authority = await createAuthority('private CA of the storage servers', now);
  const clients = await createAuthority('CA of the clients', now);
  const clientCertificate = await issueCertificate(clients, { commonName: 'jaeger', usage: 'client' }, now);
  const host = addressHost(namespace);
  const subjectAltNames = [{ type: 'dns' as const, value: host }];
  const certificate = await issueCertificate(authority, { commonName: host, usage: 'server', subjectAltNames }, now);
  const front = { certificate, clientAuthority: clients.certificate, ...credentials };
  return { front, authority: authority.certificate, clientCertificate };
}

function addressHost(namespace: string): string {
  return `${addressName}.${namespace}.svc`;
}

function serverObjects(namespace: string, name: ServerName, front: ElasticsearchFront): KubernetesObject[] {
  const stringData = name === 'elasticsearch-8' ? elasticsearch8Files(front) : openSearchFiles();
  const labels = { app: name };
  const template = { metadata: { labels }, spec: podSpec(name, Object.keys(stringData)) };
  return [
    { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData } as KubernetesObject,
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace },
      spec: { replicas: 1, selector: { matchLabels: labels }, template },
    } as KubernetesObject,
  ];
}

function podSpec(name: ServerName, files: readonly string[]) {
  const settings = elasticsearchContainer(files);
  const container = restrictedContainer({
    ...(name === 'elasticsearch-8' ? settings : { ...settings, ...openSearchCommand }),
    name,
    image: IMAGES[name],
    ports: [{ containerPort: elasticsearchPort }],
    resources: { requests: { cpu: '100m', memory: '800Mi' }, limits: { cpu: '2', memory: '900Mi' } },
    readinessProbe: { tcpSocket: { port: elasticsearchPort }, periodSeconds: 1 } satisfies V1Probe,
  });
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 1,
    securityContext: restrictedPodSecurity(SERVER_USER),
    containers: [container],
    volumes: [
      { name: 'files', secret: { secretName: name } },
      ...['config', 'data', 'tmp'].map((volume) => ({ name: volume, emptyDir: {} })),
    ],
  };
}

// OpenSearch is a branch of Elasticsearch 7: the same settings, under its own names.
const openSearchCommand = {
  command: ['/usr/share/opensearch/bin/opensearch'],
  env: [
    { name: 'OPENSEARCH_PATH_CONF', value: '/etc/elasticsearch' },
    { name: 'OPENSEARCH_TMPDIR', value: '/tmp' },
  ],
};

function openSearchFiles(): Readonly<Record<string, string>> {
  const { 'elasticsearch.yml': settings = '', 'jvm.options': options = '', ...others } = ownFiles();
  return { ...others, 'opensearch.yml': settings, 'jvm.options': options.replace('ES_TMPDIR', 'OPENSEARCH_TMPDIR') };
}

/** TLS of Elasticsearch's own, and one user of its "file" realm, who may do everything. */
function elasticsearch8Files({
  certificate,
  username,
  password,
}: ElasticsearchFront): Readonly<Record<string, string>> {
  const { 'elasticsearch.yml': settings = '', ...others } = ownFiles();
  const security = [
    'xpack.security.enabled: true',
    'xpack.security.autoconfiguration.enabled: false',
    'xpack.security.http.ssl: { enabled: true, certificate: tls.crt, key: tls.key }',
  ];
  return {
    ...others,
    'elasticsearch.yml': `${settings}${security.join('\n')}\n`,
    'tls.crt': certificate.certificate,
    'tls.key': certificate.key,
    users: `${username}:${saltedHash(password)}\n`,
    users_roles: `superuser:${username}\n`,
  };
}

function ownFiles(): Readonly<Record<string, string>> {
  return elasticsearchFiles(HEAP_MEBIBYTES);
}

/** The form `{PBKDF2}` of Elasticsearch's password hashes. */
function saltedHash(password: string): string {
  const rounds = 10_000;
  const salt = Buffer.from(`salt of ${password}`.padEnd(32).slice(0, 32));
  const hash = pbkdf2Sync(password, salt, rounds, 32, 'sha512');
  return `{PBKDF2}${rounds}$${salt.toString('base64')}$${hash.toString('base64')}`;
}

function service(name: string, namespace: string, app: string): KubernetesObject {
  const spec = { selector: { app }, ports: [{ port: elasticsearchPort }] };
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec } as KubernetesObject;
}
