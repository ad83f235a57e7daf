import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { killProcess } from '../cluster/killProcess.ts';
import { findFreeLoopbackPort, findListener, isLoopbackPortFree } from '../process/loopbackPort.ts';
import { PortTakenError } from '../process/portTakenError.ts';
import { gatewayRecordPath, readGatewayRecord, readLiveGateway, type GatewayRecord } from './gatewayRecord.ts';
import { identityPath, type GatewayIdentity } from './server.ts';
import type { GatewayTarget } from './gatewayTarget.ts';
import { standInMark } from './standIn.ts';

// What decides how a gateway behaves; see gatewayRevision.
const sources = [new URL('./', import.meta.url), new URL('../kube/', import.meta.url)];
const startSeconds = 15;

/** A running gateway: where a browser on this machine reaches a Service of the cluster. */
export interface RunningGateway {
  readonly url: string;
  readonly port: number;
}

export interface GatewayProcessOptions {
  /** Where the gateway's record and log are kept. */
  readonly stateDirectory: string;
  readonly context: string;
  readonly namespace: string;
  /** What it leads to. */
  readonly target: GatewayTarget;
  /** Path that the Service serves under. @defaultValue none */
  readonly basePath?: string;
  /** The environment with the KUBECONFIG to use; what concerns only Pulumi and npm is not passed on. */
  readonly environment: Readonly<Record<string, string>>;
  /** A port that must be used; without one the target's own, or a free one when that is taken. */
  readonly port?: number;
}

/** The gateway did not start. */
export class GatewayStartError extends Error {
  override readonly name = 'GatewayStartError';

  constructor({ title }: GatewayTarget, log: string, lastLines: string) {
    super(`the gateway to ${title} did not start; its log ${log} ends with:\n${lastLines}`);
  }
}

/**
 * Sees to it that the gateway runs: keeps one that serves the same deployment, replaces any other.
 * @throws PortTakenError for a port that was asked for; GatewayStartError when the process does not answer.
 */
export async function ensureGateway(options: GatewayProcessOptions): Promise<RunningGateway> {
  const { context, namespace, target, basePath = '' } = options;
  const wanted = { context, namespace, service: target.service, basePath, revision: await gatewayRevision() };
  const recordPath = gatewayRecordPath(options.stateDirectory);
  const live = readLiveGateway(recordPath);
  const fits = live !== undefined && (options.port === undefined || options.port === live.port);
  if (fits && (await serves(live.port, wanted))) return running(live);
  const last = readGatewayRecord(recordPath)?.port;
  await stopGateway(options.stateDirectory);
  return startGateway(options, wanted, await choosePort(options, last));
}

/**
 * Refuses a port that somebody else listens on, before anything is changed. The running gateway of the same state
 * directory may hold it.
 * @throws PortTakenError naming the program that holds it.
 */
export async function requirePortFree(
  { portOption }: GatewayTarget,
  port: number,
  stateDirectory: string,
): Promise<void> {
  if (readLiveGateway(gatewayRecordPath(stateDirectory))?.port === port) return;
  if (!(await isLoopbackPortFree(port))) throw new PortTakenError(portOption, port, findListener(port));
}

/**
 * Ends the gateway of a state directory, if it runs, and returns when it has ended.
 * @throws ProcessStillAliveError when it does not end; its record stays.
 */
export async function stopGateway(stateDirectory: string): Promise<void> {
  const recordPath = gatewayRecordPath(stateDirectory);
  const recorded = readGatewayRecord(recordPath);
  if (recorded !== undefined) await killProcess(recorded.process, 'The gateway');
  await rm(recordPath, { force: true });
}

/** The gateway of a state directory while it runs. */
export function findGateway(stateDirectory: string): Promise<RunningGateway | undefined> {
  const live = readLiveGateway(gatewayRecordPath(stateDirectory));
  return Promise.resolve(live === undefined ? undefined : running(live));
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
  await mkdir(options.stateDirectory, { recursive: true, mode: 0o700 });
  const logPath = join(options.stateDirectory, 'gateway.log');
  const child = await spawnGateway(options, identity, port, logPath);
  for (let look = 0; look < startSeconds * 10; look++) {
    if (await serves(port, identity)) return running({ port, basePath: identity.basePath });
    if (hasEnded(child)) break;
    await sleep(100);
  }
  await endChild(child);
  await stopGateway(options.stateDirectory);
  throw new GatewayStartError(
    options.target,
    logPath,
    (await readFile(logPath, 'utf8')).split('\n').slice(-10).join('\n'),
  );
}

async function spawnGateway(
  { stateDirectory, environment, target }: GatewayProcessOptions,
  { context, namespace, basePath, revision }: GatewayIdentity,
  port: number,
  logPath: string,
): Promise<ChildProcess> {
  const values = {
    record: gatewayRecordPath(stateDirectory),
    context,
    namespace,
    target: target.name,
    'base-path': basePath,
    revision,
    port: String(port),
  };
  const program = fileURLToPath(new URL('main.ts', import.meta.url));
  const log = await open(logPath, 'w', 0o600);
  try {
    const child = spawn(
      process.execPath,
      [program, ...Object.entries(values).map(([name, value]) => `--${name}=${value}`)],
      { detached: true, stdio: ['ignore', log.fd, log.fd], env: gatewayEnvironment(environment), cwd: '/' },
    );
    await once(child, 'spawn');
    child.unref();
    return child;
  } finally {
    await log.close();
  }
}

/** All that a kubeconfig's credential programs may need, and no secret of Pulumi or npm: a daemon keeps it for long. */
function gatewayEnvironment(environment: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/^(PULUMI|NPM)_/i.test(name)));
}

/** A gateway that failed before it wrote its record is known by its handle alone. */
async function endChild(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

async function choosePort(
  { port: asked, target }: GatewayProcessOptions,
  recorded: number | undefined,
): Promise<number> {
  if (asked !== undefined) {
    if (!(await isLoopbackPortFree(asked))) throw new PortTakenError(target.portOption, asked, findListener(asked));
    return asked;
  }
  for (const port of [recorded, target.preferredPort])
    if (port !== undefined && (await isLoopbackPortFree(port))) return port;
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

/** A digest of the files that decide how a gateway behaves, so that a newer checkout replaces an older gateway. */
async function gatewayRevision(): Promise<string> {
  const listed = await Promise.all(sources.map((url) => readdir(url, { recursive: true, withFileTypes: true })));
  const files = listed.flat().filter((entry) => entry.isFile());
  const hash = createHash('sha256');
  for (const file of files.map(({ parentPath, name }) => join(parentPath, name)).sort())
    hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 12);
}

const running = ({ port, basePath }: Pick<GatewayRecord, 'port' | 'basePath'>): RunningGateway => ({
  port,
  url: `http://127.0.0.1:${port}${basePath}`,
});
