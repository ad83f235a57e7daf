import { CoreV1Api, type KubeConfig } from '@kubernetes/client-node';
import { connect as connectTcp, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import type { z } from 'zod';
import { elasticsearchHttpPort } from '../../../../infra/jaeger/elasticsearchFiles.ts';
import { serviceNames } from '../../../../infra/jaeger/endpoints.ts';
import { apiErrorText, isRefusal } from '../../../kube/apiErrorText.ts';
import { componentOf } from '../../../kube/podState.ts';
import { openServiceTunnel, podSelector } from '../../../kube/podTunnel.ts';
import { requestThrough, type PodAnswer } from '../../../kube/requestPod.ts';
import type { CheckContext } from '../../check.ts';
import { NotCheckableError, type Deployment } from '../../deployment.ts';
import { describeRefusal } from '../../refusal.ts';
import { readStorageFiles, type StorageFiles } from './clientFiles.ts';
import { parsedJson } from '../../../values/parsedJson.ts';

/** The storage of a stack, asked as Jaeger asks it: with its user, its password and its trust. */
export interface StorageClient {
  /** What findings call it: `Elasticsearch http://elasticsearch.tracing.svc:9200`. */
  readonly name: string;
  /** The status with which it greets Jaeger's user: 401 where it does not take the password. @throws NotCheckableError without an answer in 8 s */
  greet(): Promise<number>;
  /** @throws NotCheckableError when it does not answer, refuses, or answers something else. */
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>;
}

/** Together less than a check may take: an address that hangs is told of, and stops no other. */
const greetMillis = 8000;
const answerMillis = 15_000;

/** The first address of the storage that lets Jaeger's user in; where none does, the first, which says why. */
export async function openStorage(context: CheckContext): Promise<StorageClient> {
  const addresses = await openStorages(context);
  const [first] = addresses;
  if (addresses.length === 1) return first;
  const statuses = await Promise.all(addresses.map((each) => each.greet().catch(() => undefined)));
  context.signal.throwIfAborted();
  return addresses[statuses.indexOf(200)] ?? first;
}

/** Every address of the storage: a Service of the cluster is reached through the API server, one outside from this machine. */
export async function openStorages({
  deployment,
  signal,
}: CheckContext): Promise<readonly [StorageClient, ...StorageClient[]]> {
  const [kube, config] = await Promise.all([deployment.kube(), deployment.config()]);
  const { storage, namespace } = config;
  if (storage.kind === 'embedded') {
    const url = new URL(`http://${serviceNames.elasticsearch}.${namespace}.svc:${elasticsearchHttpPort.number}`);
    return [openAt({ kube, signal, url, name: `Elasticsearch ${url.origin}`, files: {} })];
  }
  const files = await filesOf(deployment, kube);
  const { username, tls, urls } = storage;
  const [first, ...others] = urls.map((text) => {
    const url = new URL(text);
    return openAt({ kube, signal, url, name: `storage ${url.origin}`, files, username, serverName: tls?.serverName });
  });
  if (first === undefined) throw new NotCheckableError('the storage has no address', 'set storage.urls');
  return [first, ...others];
}

/** One address, and what is shown to it. */
interface StorageAddress {
  readonly kube: KubeConfig;
  readonly signal: AbortSignal;
  readonly url: URL;
  readonly name: string;
  readonly files: StorageFiles;
  readonly username?: string | undefined;
  readonly serverName?: string | undefined;
}

function openAt({ kube, signal, url, name, files, username, serverName }: StorageAddress): StorageClient {
  const headers = loginHeaders(username, files.password);
  const ask = async (path: string, withinMillis: number): Promise<PodAnswer> => {
    const connection = await connect(kube, url, files, serverName, name);
    const limited = AbortSignal.any([signal, AbortSignal.timeout(withinMillis)]);
    const asked = { path, headers: { host: url.host, ...headers }, signal: limited };
    return requestThrough(connection, asked).catch((cause: unknown) => {
      throw unreachable(name, cause);
    });
  };
  return {
    name,
    greet: async () => (await ask('/', greetMillis)).status,
    get: async (path, schema) => {
      const { status, body } = await ask(path, answerMillis);
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
  return connectAddress(url.hostname, port);
}

/** Opens a connection within 5 s; what comes over it may take longer. */
export function connectAddress(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ host, port, timeout: 5000 }, () => resolve(socket.setTimeout(0)));
    socket.once('error', reject).once('timeout', () => socket.destroy(new Error('no answer within 5 s')));
  });
}

/** The port of the pods behind a port of a Service; a named one is looked up at the first of them. */
async function podPort(kube: KubeConfig, namespace: string, name: string, port: number): Promise<number> {
  const core = kube.makeApiClient(CoreV1Api);
  const service = await core.readNamespacedService({ namespace, name });
  const labelSelector = podSelector(service);
  const target = service.spec?.ports?.find((each) => each.port === port)?.targetPort ?? port;
  if (typeof target === 'number') return target;
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
  return new NotCheckableError(
    `${name} cannot be reached from here: ${apiErrorText(cause)}`,
    isRefusal(cause)
      ? describeRefusal(cause).mend
      : 'see whether it runs (`npm run status`); one outside the cluster must be reachable from this machine to be examined',
    cause,
  );
}

function refused(name: string, status: number, path: string): NotCheckableError {
  return new NotCheckableError(
    `${name} refuses GET ${path} to Jaeger's own user (${status})`,
    'where its password is refused, storage-healthy says so; else give its user the right to see this (docs/operations.md)',
  );
}
