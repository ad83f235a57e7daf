import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  identifyProcess,
  isSameProcessAlive,
  parseProcessIdentity,
  type ProcessIdentity,
} from '../process/processIdentity.ts';
import { findFreeLoopbackPort, findListener, isLoopbackPortFree } from '../process/loopbackPort.ts';
import { PortTakenError } from '../process/portTakenError.ts';
import { identityPath, standInMark, type GatewayIdentity } from './server.ts';

const directory = new URL('./', import.meta.url);
const preferredPort = 16686;
const startSeconds = 15;

/** A running gateway: where a browser on this machine reads traces. */
export interface RunningGateway {
  readonly url: string;
  readonly port: number;
}

export interface GatewayProcessOptions {
  /** Where the process's identity and log are kept. */
  readonly stateDirectory: string;
  readonly context: string;
  readonly namespace: string;
  /** The environment with the KUBECONFIG to use. */
  readonly environment: Readonly<Record<string, string>>;
  /** A port that must be used; without one 16686, or a free one when that is taken. */
  readonly port?: number;
}

/** The gateway did not start. */
export class GatewayStartError extends Error {
  override readonly name = 'GatewayStartError';

  constructor(log: string, lastLines: string) {
    super(`the gateway to the query service did not start; its log ${log} ends with:\n${lastLines}`);
  }
}

/**
 * Sees to it that the gateway runs: keeps one that serves the same deployment, replaces any other.
 * @throws PortTakenError for a port that was asked for; GatewayStartError when the process does not answer.
 */
export async function ensureGateway(options: GatewayProcessOptions): Promise<RunningGateway> {
  const wanted = { context: options.context, namespace: options.namespace, revision: await gatewayRevision() };
  const recorded = await readRecord(options.stateDirectory);
  if (recorded !== undefined) {
    const kept = options.port === undefined || options.port === recorded.port;
    if (kept && isSameProcessAlive(recorded.process) && (await serves(recorded.port, wanted)))
      return running(recorded.port);
    await stopGateway(options.stateDirectory);
  }
  return startGateway(options, wanted, await choosePort(options.port, recorded?.port));
}

/** Ends the gateway of a state directory, if it runs. */
export async function stopGateway(stateDirectory: string): Promise<void> {
  const recorded = await readRecord(stateDirectory);
  if (recorded !== undefined && isSameProcessAlive(recorded.process)) {
    process.kill(recorded.process.pid, 'SIGTERM');
    for (let look = 0; look < 50 && isSameProcessAlive(recorded.process); look++) await sleep(50);
  }
  await rm(recordPath(stateDirectory), { force: true });
}

/** The gateway of a state directory while it runs. */
export async function findGateway(stateDirectory: string): Promise<RunningGateway | undefined> {
  const recorded = await readRecord(stateDirectory);
  return recorded !== undefined && isSameProcessAlive(recorded.process) ? running(recorded.port) : undefined;
}

/** Whether the query image carries Jaeger's own UI, or the gateway's page stands in for it. */
export async function hasJaegerUi({ url }: RunningGateway): Promise<boolean> {
  const response = await fetch(`${url}/search`, { signal: AbortSignal.timeout(10_000) });
  return response.ok && !(await response.text()).includes(standInMark);
}

async function startGateway(
  options: GatewayProcessOptions,
  identity: GatewayIdentity,
  port: number,
): Promise<RunningGateway> {
  const logPath = join(options.stateDirectory, 'gateway.log');
  const log = await open(logPath, 'w', 0o600);
  const values = {
    context: identity.context,
    namespace: identity.namespace,
    revision: identity.revision,
    port: String(port),
  };
  const child = spawn(
    process.execPath,
    [
      fileURLToPath(new URL('main.ts', directory)),
      ...Object.entries(values).map(([name, value]) => `--${name}=${value}`),
    ],
    { detached: true, stdio: ['ignore', log.fd, log.fd], env: options.environment, cwd: '/' },
  );
  await once(child, 'spawn');
  child.unref();
  await log.close();
  const started = identifyProcess(child.pid ?? 0);
  if (started !== undefined) await writeRecord(options.stateDirectory, { process: started, port });
  for (let look = 0; look < startSeconds * 10; look++) {
    if (await serves(port, identity)) return running(port);
    if (child.exitCode !== null) break;
    await sleep(100);
  }
  await stopGateway(options.stateDirectory);
  throw new GatewayStartError(logPath, (await readFile(logPath, 'utf8')).split('\n').slice(-10).join('\n'));
}

async function choosePort(asked: number | undefined, recorded: number | undefined): Promise<number> {
  if (asked !== undefined) {
    if (!(await isLoopbackPortFree(asked))) throw new PortTakenError('ui-port', asked, findListener(asked));
    return asked;
  }
  for (const port of [recorded, preferredPort]) if (port !== undefined && (await isLoopbackPortFree(port))) return port;
  return findFreeLoopbackPort();
}

async function serves(port: number, wanted: GatewayIdentity): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}${identityPath}`, { signal: AbortSignal.timeout(2_000) });
    return JSON.stringify(await response.json()) === JSON.stringify(wanted);
  } catch {
    return false;
  }
}

/** A digest of the gateway's files, so that a newer checkout replaces an older gateway. */
async function gatewayRevision(): Promise<string> {
  const files = (await readdir(directory, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const hash = createHash('sha256');
  for (const file of files.map(({ parentPath, name }) => join(parentPath, name)).sort())
    hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 12);
}

interface GatewayRecord {
  readonly process: ProcessIdentity;
  readonly port: number;
}

const recordPath = (stateDirectory: string): string => join(stateDirectory, 'gateway.json');
const running = (port: number): RunningGateway => ({ port, url: `http://127.0.0.1:${port}` });

async function writeRecord(stateDirectory: string, record: GatewayRecord): Promise<void> {
  await writeFile(recordPath(stateDirectory), JSON.stringify(record), { mode: 0o600 });
}

async function readRecord(stateDirectory: string): Promise<GatewayRecord | undefined> {
  try {
    const value = JSON.parse(await readFile(recordPath(stateDirectory), 'utf8')) as {
      process?: unknown;
      port?: unknown;
    };
    const identity = parseProcessIdentity(value.process);
    return identity !== undefined && typeof value.port === 'number'
      ? { process: identity, port: value.port }
      : undefined;
  } catch {
    // Absent, or cut short by a crash: there is no gateway that we know.
    return undefined;
  }
}
