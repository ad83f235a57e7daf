import { CoreV1Api, type KubeConfig } from '@kubernetes/client-node';
import { connect as connectTcp } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import type { z } from 'zod';
import { elasticsearchHttpPort } from '../../../../infra/jaeger/elasticsearchFiles.ts';
import { serviceNames } from '../../../../infra/jaeger/endpoints.ts';
import { componentOf } from '../../../kube/podState.ts';
import { openServiceTunnel } from '../../../kube/podTunnel.ts';
import { requestThrough, type PodAnswer } from '../../../kube/requestPod.ts';
import type { CheckContext } from '../../check.ts';
import { NotCheckableError, type Deployment } from '../../deployment.ts';
import { readStorageFiles, type StorageFiles } from './clientFiles.ts';
import { parsedJson } from '../../../values/parsedJson.ts';

/** The storage of a stack, asked as Jaeger asks it: with its user, its password and its trust. */
export interface StorageClient {
  /** What findings call it: `Elasticsearch http://elasticsearch.tracing.svc:9200`. */
  readonly name: string;
  /** Whether it takes the user and the password that Jaeger has. @throws NotCheckableError when it does not answer. */
  acceptsLogin(): Promise<boolean>;
  /** @throws NotCheckableError when it does not answer, refuses, or answers something else. */
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>;
}

/** Opens the way to the storage: to a Service of the cluster through the API server, to an address outside from this machine. */
export async function openStorage({ deployment, signal }: CheckContext): Promise<StorageClient> {
  const [kube, config] = await Promise.all([deployment.kube(), deployment.config()]);
  const { storage, namespace } = config;
  const url = new URL(
    storage.kind === 'embedded'
      ? `http://${serviceNames.elasticsearch}.${namespace}.svc:${elasticsearchHttpPort.number}`
      : (storage.urls[0] ?? ''),
  );
  const files = storage.kind === 'embedded' ? {} : await filesOf(deployment, kube);
  const username = storage.kind === 'embedded' ? undefined : storage.username;
  const serverName = storage.kind === 'embedded' ? undefined : storage.tls?.serverName;
  const headers = loginHeaders(username, files.password);
  const name = `${storage.kind === 'embedded' ? 'Elasticsearch' : 'storage'} ${url.origin}`;
  const ask = async (path: string): Promise<PodAnswer> => {
    const connection = await connect(kube, url, files, serverName, name);
    const asked = { path, headers: { host: url.host, ...headers }, signal };
    return requestThrough(connection, asked).catch((cause: unknown) => {
      throw unreachable(name, cause);
    });
  };
  return {
    name,
    acceptsLogin: async () => (await ask('/')).status !== 401,
    get: async (path, schema) => {
      const { status, body } = await ask(path);
      if (status === 401 || status === 403) throw refused(name, status, path);
      if (status !== 200) throw new NotCheckableError(`${name} answered GET ${path} with ${status}`, 'see its log');
      const answer = schema.safeParse(parsedJson(body));
      if (answer.success) return answer.data;
      throw new NotCheckableError(
        `${name} answered GET ${path} with something else than an Elasticsearch does`,
        'see what listens there',
        answer.error,
      );
    },
  };
}

async function filesOf(deployment: Deployment, kube: KubeConfig): Promise<StorageFiles> {
  const pods = await deployment.pods();
  // Both strategies have query pods, which ask the storage themselves.
  const pod = pods.find((each) => componentOf(each) === serviceNames.query);
  if (pod !== undefined) return readStorageFiles(kube, pod);
  throw new NotCheckableError(
    'there is no query pod whose way to the storage could be used',
    '`npm run up` makes it anew',
  );
}

async function connect(
  kube: KubeConfig,
  url: URL,
  files: StorageFiles,
  serverName: string | undefined,
  name: string,
): Promise<Duplex> {
  const plain = await connectPlain(kube, url).catch((cause: unknown) => {
    throw unreachable(name, cause);
  });
  if (url.protocol !== 'https:') return plain;
  const { ca, certificate: cert, key } = files;
  return connectTls({ socket: plain, servername: serverName ?? url.hostname, ca, cert, key });
}

async function connectPlain(kube: KubeConfig, url: URL): Promise<Duplex> {
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  const [, service, namespace] = /^([^.]+)\.([^.]+)\.svc(?:\.|$)/.exec(url.hostname) ?? [];
  if (service !== undefined && namespace !== undefined)
    return openServiceTunnel(kube, { namespace, service, podPort: await podPort(kube, namespace, service, port) });
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ host: url.hostname, port, timeout: 5000 }, () => resolve(socket));
    socket.once('error', reject).once('timeout', () => socket.destroy(new Error('no answer within 5 s')));
  });
}

/** The port of the pods behind a port of a Service; a named one is looked up at the first of them. */
async function podPort(kube: KubeConfig, namespace: string, name: string, port: number): Promise<number> {
  const core = kube.makeApiClient(CoreV1Api);
  const { spec } = await core.readNamespacedService({ namespace, name });
  const target = spec?.ports?.find((each) => each.port === port)?.targetPort ?? port;
  if (typeof target === 'number') return target;
  const labelSelector = Object.entries(spec?.selector ?? {})
    .map(([label, value]) => `${label}=${value}`)
    .join(',');
  const { items } = await core.listNamespacedPod({ namespace, labelSelector });
  const ports = items.flatMap((pod) => pod.spec?.containers ?? []).flatMap(({ ports: own = [] }) => own);
  return ports.find((each) => each.name === target)?.containerPort ?? port;
}

/** How a user logs in to the storage; nothing without a password. */
export function loginHeaders(username: string | undefined, password: string | undefined): Record<string, string> {
  if (username === undefined || password === undefined) return {};
  // Jaeger takes line ends off the file's end.
  const login = `${username}:${password.replace(/[\r\n]+$/, '')}`;
  return { authorization: `Basic ${Buffer.from(login).toString('base64')}` };
}

function unreachable(name: string, cause: unknown): NotCheckableError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new NotCheckableError(
    `${name} cannot be reached from here: ${reason}`,
    'see whether it runs (`npm run status`); one outside the cluster must be reachable from this machine to be examined',
    cause,
  );
}

function refused(name: string, status: number, path: string): NotCheckableError {
  return new NotCheckableError(
    `${name} refuses GET ${path} to Jaeger's own user (${status})`,
    'where its password is refused, storage-healthy says so; else give its user the right to see this (docs/operations.md)',
  );
}
