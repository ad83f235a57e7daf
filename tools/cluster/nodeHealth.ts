import { pkiPath } from './components/component.ts';
import { nodeCommand } from './nodeCommand.ts';
import { runCommand } from './runCommand.ts';

/** Where a component answers `/healthz` on the node's own loopback. */
export interface HealthPort {
  readonly port: number;
  readonly scheme: 'http' | 'https';
}

/** What a health probe answered; any status is an answer. */
export interface HealthAnswer {
  readonly statusCode: number;
  readonly body: string;
}

const TIMEOUT_SECONDS = 2;
const REQUEST = String.raw`printf 'GET /healthz HTTP/1.0\r\n\r\n'`;

/**
 * Asks a component from inside its node: what only listens there cannot be reached from the host.
 *
 * @throws CommandFailedError when nothing answers.
 */
export async function askNodeHealth(pid: number, { port, scheme }: HealthPort): Promise<HealthAnswer> {
  const address = `127.0.0.1:${String(port)}`;
  const ask =
    scheme === 'http'
      ? `exec 3<>/dev/tcp/127.0.0.1/${String(port)}; ${REQUEST} >&3; cat <&3`
      : `${REQUEST} | openssl s_client -quiet -connect ${address} -CAfile ${pkiPath('ca.crt')} -verify_return_error 2>/dev/null`;
  const limited = ['timeout', String(TIMEOUT_SECONDS), 'bash', '-o', 'pipefail', '-c', ask];
  return parseHttpAnswer(await runCommand(nodeCommand(pid, limited)));
}

/**
 * Reads an HTTP/1 answer that ended with its connection.
 *
 * @throws SyntaxError for anything else.
 */
export function parseHttpAnswer(text: string): HealthAnswer {
  const statusCode = /^HTTP\/1\.\d (\d{3})\b/.exec(text)?.[1];
  if (statusCode === undefined) throw new SyntaxError(`no HTTP answer: ${JSON.stringify(text.slice(0, 100))}`);
  const end = text.indexOf('\r\n\r\n');
  return { statusCode: Number(statusCode), body: end < 0 ? '' : text.slice(end + 4) };
}
