import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { alertsData, askPrometheus } from '../../../../../../tools/validate/checks/monitoring/askPrometheus.ts';

let server: Server | undefined;
const { signal } = new AbortController();

afterEach(() => server?.close());

async function serve(status: number, body: string): Promise<URL> {
  server = createServer((_, response) => response.writeHead(status).end(body)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return new URL(`http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}/prometheus/`);
}

it('gives what Prometheus says, beneath its address', async () => {
  const prometheus = await serve(200, '{"status":"success","data":{"alerts":[]}}');
  expect(await askPrometheus({ prometheus }, 'api/v1/alerts', alertsData, signal)).toEqual({ alerts: [] });
});

it.each([
  [200, '<html>', 'answered 200, and not as a Prometheus does'],
  [200, '{"status":"success","data":{}}', 'answered 200, and not as a Prometheus does'],
  [503, '{"status":"error"}', 'answered 503, and not as a Prometheus does'],
  [401, '', 'asks for a log-in (401)'],
])('says what is wrong with an answer of %i and %j', async (status, body, found) => {
  const prometheus = await serve(status, body);
  const asked = askPrometheus({ prometheus }, 'api/v1/alerts', alertsData, signal);
  await expect(asked).rejects.toMatchObject({
    name: 'NotCheckableError',
    message: expect.stringContaining(found) as unknown,
  });
});

it('says that nobody answers', async () => {
  const prometheus = await serve(200, '');
  server?.close();
  await once(server ?? createServer(), 'close');
  const asked = askPrometheus({ prometheus }, 'api/v1/alerts', alertsData, signal);
  await expect(asked).rejects.toThrow(
    /^http:\/\/127\.0\.0\.1:\d+\/prometheus\/api\/v1\/alerts does not answer: .*ECONNREFUSED/,
  );
});

it('passes on that the examination has ended', async () => {
  const prometheus = await serve(200, '');
  const ended = AbortSignal.abort(new Error('ended by SIGINT'));
  await expect(askPrometheus({ prometheus }, 'api/v1/alerts', alertsData, ended)).rejects.toThrow('ended by SIGINT');
});
