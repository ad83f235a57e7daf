import type { KubeConfig } from '@kubernetes/client-node';
import { Agent, request, type RequestOptions } from 'node:https';
import { text } from 'node:stream/consumers';

/** Who asks. */
export interface Subject {
  readonly user: string;
  readonly groups: readonly string[];
}

/** What the API server is asked. */
export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** Asks for a connection of its own in place of an answer, as a port-forward and an exec do. */
  readonly upgrade?: boolean;
  /** Ends the request. */
  readonly signal?: AbortSignal;
}

/** What it answers. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: string;
}

/** Asks the API server over connections that are kept, as who the kubeconfig names or as somebody else. */
export class ApiClient {
  readonly #kube: KubeConfig;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 16 });
  readonly #headers: Record<string, string | string[]>;

  /** @param subject - Whom it stands for. Left out: nobody else. */
  constructor(kube: KubeConfig, subject?: Subject) {
    this.#kube = kube;
    this.#headers = {
      'content-type': 'application/json',
      ...(subject && { 'impersonate-user': subject.user, 'impersonate-group': [...subject.groups] }),
    };
  }

  /** Any status is an answer; a connection that was asked for and opened is 101, and closed again. */
  async ask({ method = 'GET', path, body, upgrade = false, signal }: ApiRequest): Promise<ApiAnswer> {
    const headers = {
      ...this.#headers,
      ...(method === 'PATCH' && { 'content-type': 'application/merge-patch+json' }),
      ...(upgrade && upgradeHeaders),
    };
    // A token becomes one of the headers.
    const options: RequestOptions = { method, headers, ...(signal && { signal }) };
    await this.#kube.applyToHTTPSOptions(options);
    const url = `${this.#kube.getCurrentCluster()?.server ?? ''}${path}`;
    return new Promise((resolve, reject) => {
      const outgoing = request(url, { ...options, agent: this.#agent }, (answer) => {
        text(answer).then((answered) => resolve({ status: answer.statusCode ?? 0, body: answered }), reject);
      });
      outgoing.on('upgrade', (answer, socket) => {
        socket.destroy();
        resolve({ status: answer.statusCode ?? 0, body: '' });
      });
      outgoing.on('error', reject);
      outgoing.setTimeout(ANSWER_MILLIS, () =>
        outgoing.destroy(new Error(`${method} ${path} was not answered within ${ANSWER_MILLIS / 1000} s`)),
      );
      outgoing.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  /** Asks for JSON. @throws Error for a status of 300 and more. */
  async askJson(asked: ApiRequest): Promise<unknown> {
    const { status, body } = await this.ask(asked);
    if (status >= 300) throw new Error(`${asked.method ?? 'GET'} ${asked.path} was answered ${status}: ${body}`);
    return JSON.parse(body);
  }
}

// A busy machine's API server takes its time; one that says nothing for so long says nothing at all.
const ANSWER_MILLIS = 60_000;

const upgradeHeaders = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': Buffer.from('sixteen bytes it').toString('base64'),
  'sec-websocket-protocol': 'v5.channel.k8s.io, v4.channel.k8s.io',
};
