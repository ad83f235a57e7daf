import { get } from 'node:http';

const TIMEOUT_MILLIS = 2000;

/** Asks a plain HTTP server and gives its answer; any status is an answer. */
export function httpStatus(
  host: string,
  port: number,
  path: string,
): Promise<{ readonly statusCode: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = get({ host, port, path, timeout: TIMEOUT_MILLIS, agent: false }, (response) => {
      response.setEncoding('utf8');
      let body = '';
      response.on('data', (chunk: string) => (body += chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ statusCode: response.statusCode ?? 0, body });
      });
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer from ${host}:${String(port)}${path}`)));
    outgoing.on('error', reject);
  });
}
