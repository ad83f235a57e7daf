import { KubeConfig } from '@kubernetes/client-node';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that answers as Kubernetes' API does, as far as a test says. */
export interface ApiServer {
  readonly kube: KubeConfig;
  /** Method and path of each request, in their order. */
  readonly asked: readonly string[];
  readonly close: () => void;
}

/** @param answers - By method and path, with what is asked; whatever else is asked for is refused (403). */
export async function startApiServer(answers: Readonly<Record<string, object>>): Promise<ApiServer> {
  const asked: string[] = [];
  const server = createServer(({ method = '', url = '' }, response) => {
    const question = `${method} ${url}`;
    asked.push(question);
    const answer = answers[question];
    response.writeHead(answer === undefined ? 403 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? { kind: 'Status', message: `${question} is forbidden` }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const kube = new KubeConfig();
  kube.loadFromClusterAndUser(
    { name: 'test', server: `http://127.0.0.1:${port}`, skipTLSVerify: true },
    { name: 'test' },
  );
  return { kube, asked, close: () => void server.close() };
}
