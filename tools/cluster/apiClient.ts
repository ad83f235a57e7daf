import { Agent, request } from 'node:https';
import { readPair } from './pki/clusterCertificates.ts';
import { ApiRequestError } from './errors/apiRequestError.ts';

/** An answer of the API. */
export interface ApiResponse {
  readonly statusCode: number;
  readonly body: string;
}

/** A Kubernetes object to apply. */
export interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/** The administrator's requests to one server of the cluster. Small and quick to load, unlike the full client. */
export interface ApiClient extends Disposable {
  /** Any status is an answer; only a failing connection throws. */
  readonly get: (path: string) => Promise<ApiResponse>;
  /** Reads JSON; undefined when the object does not exist. @throws ApiRequestError */
  readonly getJson: (path: string) => Promise<unknown>;
  /** Server-side apply, as field manager `tracewright-cluster`. @throws ApiRequestError */
  readonly apply: (object: ApiObject) => Promise<void>;
}

/** Where {@link createApiClient} connects to. */
export interface ApiClientOptions {
  readonly pkiDirectory: string;
  readonly host: string;
  readonly port: number;
}

const TIMEOUT_MILLIS = 5000;

const PLURALS: Readonly<Record<string, string>> = {
  ClusterRole: 'clusterroles',
  ClusterRoleBinding: 'clusterrolebindings',
  ConfigMap: 'configmaps',
  Deployment: 'deployments',
  Service: 'services',
  ServiceAccount: 'serviceaccounts',
  StorageClass: 'storageclasses',
  NetworkPolicy: 'networkpolicies',
};

/** Connects with the administrator's certificate, trusting the cluster's own authority only. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const admin = readPair(options.pkiDirectory, 'admin');
  const authority = readPair(options.pkiDirectory, 'ca');
  const agent = new Agent({ keepAlive: true, ca: authority?.certificate, cert: admin?.certificate, key: admin?.key });
  const { host, port } = options;
  const send = (method: string, path: string, body?: string): Promise<ApiResponse> =>
    new Promise((resolve, reject) => {
      const headers = body === undefined ? {} : { 'content-type': 'application/apply-patch+yaml' };
      const outgoing = request({ agent, host, port, method, path, headers, timeout: TIMEOUT_MILLIS }, (response) => {
        response.setEncoding('utf8');
        let text = '';
        response.on('data', (chunk: string) => (text += chunk));
        response.on('error', reject);
        response.on('end', () => {
          resolve({ statusCode: response.statusCode ?? 0, body: text });
        });
      });
      outgoing.on('timeout', () =>
        outgoing.destroy(new Error(`no answer from ${path} within ${String(TIMEOUT_MILLIS)} ms`)),
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  return {
    get: (path) => send('GET', path),
    getJson: async (path) => {
      const { statusCode, body } = await send('GET', path);
      if (statusCode === 404) return undefined;
      if (statusCode !== 200) throw new ApiRequestError('GET', path, statusCode, body);
      const value: unknown = JSON.parse(body);
      return value;
    },
    apply: async (object) => {
      const path = `${objectPath(object)}?fieldManager=tracewright-cluster&force=true`;
      const { statusCode, body } = await send('PATCH', path, JSON.stringify(object));
      if (statusCode >= 300) throw new ApiRequestError('PATCH', path, statusCode, body);
    },
    [Symbol.dispose]: () => {
      agent.destroy();
    },
  };
}

/** The API's path of an object. @throws RangeError for a kind that the cluster itself never applies. */
export function objectPath(object: ApiObject): string {
  const plural = PLURALS[object.kind];
  if (plural === undefined) throw new RangeError(`no path is known for objects of kind ${object.kind}`);
  const root = object.apiVersion.includes('/') ? `/apis/${object.apiVersion}` : `/api/${object.apiVersion}`;
  const { name, namespace } = object.metadata;
  return namespace === undefined ? `${root}/${plural}/${name}` : `${root}/namespaces/${namespace}/${plural}/${name}`;
}
