import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setHttpRoute } from '@tracewright/runtime';
import { once } from 'node:events';
import { type Environment, EnvironmentError, readPort } from '../service/environment.ts';
import type { Log } from '../service/log.ts';
import { readJson } from '../service/readJson.ts';
import { RefusedError } from '../service/refusedError.ts';
import type { Reply } from '../service/route.ts';
import { FailureChoiceError, parseFailureName } from './failureName.ts';
import type { FailureSwitches } from './failureSwitches.ts';
import { parseRatio } from './parseFailures.ts';

const THIS_MACHINE = '127.0.0.1';
/** Whoever has a page of the web in a browser on this machine gets no further than this: neither by name nor by a form. */
const OWN_HOST = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/;
const JSON_TYPE = /^application\/json\b/i;

/**
 * Where `FAILURES_PORT` is set to a port other than 0, failures are switched there while the service runs, from this machine
 * alone: `GET /failures` shows them, `POST /failures` with `{"name":"bug","ratio":0.1}` sets one.
 *
 * @returns ends it
 * @throws EnvironmentError for a port that cannot be listened on.
 */
export async function serveFailures(
  switches: FailureSwitches,
  environment: Environment,
  log: Log,
): Promise<() => void> {
  const port = readPort(environment, 'FAILURES_PORT', 0);
  if (port === 0) return () => undefined;
  const server = createServer((message, response) => void answer(message, response, switches, log));
  server.listen(port, THIS_MACHINE);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new EnvironmentError('FAILURES_PORT', String(port), `a port that is free on ${THIS_MACHINE}`, { cause });
  }
  server.unref();
  log('warn', 'failures can be switched on', { url: `http://${THIS_MACHINE}:${port}/failures` });
  return () => {
    server.close();
    server.closeAllConnections();
  };
}

async function answer(
  message: IncomingMessage,
  response: ServerResponse,
  switches: FailureSwitches,
  log: Log,
): Promise<void> {
  const { status, body } = await reply(message, switches, log);
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
}

async function reply(message: IncomingMessage, switches: FailureSwitches, log: Log): Promise<Reply> {
  const { method, url, headers } = message;
  if (url !== '/failures') return refusal(404, 'failures are at /failures');
  setHttpRoute(url);
  if (!OWN_HOST.test(headers.host ?? '')) return refusal(403, 'failures are switched from this machine alone');
  if (method === 'GET') return { status: 200, body: switches.ratios() };
  if (method !== 'POST') return refusal(405, 'GET shows failures, POST switches one');
  if (!JSON_TYPE.test(headers['content-type'] ?? '')) return refusal(415, 'the content type must be application/json');
  try {
    const [name, ratio] = choiceIn(await readJson(message), switches);
    switches.set(name, ratio);
    log('warn', 'a failure was switched', { failure: name, ratio });
    return { status: 200, body: switches.ratios() };
  } catch (error) {
    if (error instanceof FailureChoiceError) return refusal(400, error.message);
    return error instanceof RefusedError ? refusal(error.status, error.message) : refusal(500, 'internal error');
  }
}

function choiceIn(body: unknown, { names }: FailureSwitches): readonly [(typeof names)[number], number] {
  const { name, ratio = 1 } = (body ?? {}) as { readonly name?: unknown; readonly ratio?: unknown };
  return [parseFailureName(name, names), parseRatio(ratio)];
}

function refusal(status: number, error: string): Reply {
  return { status, body: { error } };
}
