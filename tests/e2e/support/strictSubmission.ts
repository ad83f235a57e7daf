import type { KubeConfig } from '@kubernetes/client-node';
import { request, type RequestOptions } from 'node:https';
import { text } from 'node:stream/consumers';
import type { RenderedObject } from './renderedStack.ts';

/** What the API server says to an object. */
export interface Verdict {
  readonly object: string;
  readonly status: number;
  /** Why it was refused; empty for one that is taken. */
  readonly refusal: string;
  /** The server's warnings: deprecated fields, breaches of Pod Security. */
  readonly warnings: readonly string[];
}

/** Whether the object comes to be, or is only checked as if it should. */
export type Submission = 'create' | 'dry-run';

/**
 * Gives an object to the API server, which refuses unknown and repeated fields. The body is the object as it is: a client
 * library would drop the fields that it does not know.
 */
export async function submitStrictly(
  kube: KubeConfig,
  object: RenderedObject,
  submission: Submission,
): Promise<Verdict> {
  const query = `fieldValidation=Strict${submission === 'dry-run' ? '&dryRun=All' : ''}`;
  const path = await collectionPath(kube, object);
  const { status, body, warnings } = await send(kube, 'POST', `${path}?${query}`, JSON.stringify(object));
  const refusal = status < 300 ? '' : (JSON.parse(body) as { message: string }).message;
  return { object: `${object.kind} ${object.metadata.name}`, status, refusal, warnings };
}

/** Where objects of the kind are made, from the server's own list of kinds. */
async function collectionPath(kube: KubeConfig, { apiVersion, kind, metadata }: RenderedObject): Promise<string> {
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const { status, body } = await send(kube, 'GET', group);
  if (status !== 200) throw new Error(`the API server has no ${apiVersion}: ${body}`);
  const { resources } = JSON.parse(body) as { resources: { name: string; kind: string; namespaced: boolean }[] };
  const found = resources.find((resource) => resource.kind === kind && !resource.name.includes('/'));
  if (found === undefined) throw new Error(`the API server has no ${kind} in ${apiVersion}`);
  return `${group}/${found.namespaced ? `namespaces/${metadata.namespace ?? 'default'}/` : ''}${found.name}`;
}

async function send(kube: KubeConfig, method: 'GET' | 'POST', path: string, body?: string) {
  const options: RequestOptions = { method, headers: { 'content-type': 'application/json' } };
  await kube.applyToHTTPSOptions(options);
  const url = `${kube.getCurrentCluster()?.server ?? ''}${path}`;
  return new Promise<{ status: number; body: string; warnings: string[] }>((resolve, reject) => {
    const outgoing = request(url, options, (answer) => {
      const status = answer.statusCode ?? 0;
      const warnings = answer.headersDistinct['warning'] ?? [];
      text(answer).then((answered) => resolve({ status, body: answered, warnings }), reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
