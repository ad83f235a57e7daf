import { execa } from 'execa';

/** An HTTP request; a body is sent as JSON. */
export interface NodeRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly body?: unknown;
}

const ANSWER_SECONDS = 30;

const program = `
  const { url, method, body } = JSON.parse(process.argv[1]);
  const headers = { 'content-type': 'application/json' };
  const signal = AbortSignal.timeout(${ANSWER_SECONDS * 1000});
  const sent = body === undefined ? {} : { headers, body: JSON.stringify(body) };
  const answer = await fetch(url, { method, signal, ...sent });
  const text = await answer.text();
  if (!answer.ok) throw new Error(method + ' ' + url + ' was answered with ' + answer.status + ': ' + text);
  process.stdout.write(text);
`;

/**
 * Asks a pod for JSON from the network of its node: whatever a fault does to the API server's ways and to proxies is no part of it.
 *
 * @param nodePid - the first process of the node
 * @throws Error for any status but one of success, and when no answer came within 30 s.
 */
export async function askFromNode(nodePid: number, { method = 'GET', url, body }: NodeRequest): Promise<unknown> {
  const request = JSON.stringify({ method, url, body });
  const command = ['--target', String(nodePid), '--net', '--', process.execPath];
  const options = ['--input-type=module', '--eval', program, request];
  const { stdout } = await execa('nsenter', [...command, ...options], { timeout: (ANSWER_SECONDS + 10) * 1000 });
  return JSON.parse(stdout) as unknown;
}
