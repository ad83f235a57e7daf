import { chmod, open, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { installDebianTools } from './debianTools.ts';
import type { BuildContext, CommandOptions, Environment, InstalledPart, PartDefinition } from './part.ts';
import { PartBuildError } from './partBuildError.ts';
import { type BuildRoom, type CachedPart, isCached, openBuildRoom, recordBuild } from './partCache.ts';
import { type LockHolder, acquireFileLock } from '../process/fileLock.ts';
import { makePrivateDirectory } from '../process/privateFiles.ts';
import { runLoggedCommand } from './runLoggedCommand.ts';

export interface BuildPartOptions {
  readonly definition: PartDefinition;
  readonly cached: CachedPart;
  readonly environment: Environment;
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Called if another run is building the part. */
  readonly onWait: (holder: LockHolder | undefined) => void;
  /** Called when the building itself begins. */
  readonly onStart: () => void;
}

const lastLineCount = 20;
const tailBytes = 16_384;

/**
 * Builds a part into the cache, or takes what another run has built there meanwhile. It appears in one step, complete: a
 * build that fails or is cut leaves nothing that could be taken for the part.
 *
 * @throws PartBuildError
 * @throws the signal's reason, when aborted
 */
export async function buildPart(options: BuildPartOptions): Promise<InstalledPart> {
  const { cached, definition } = options;
  options.signal.throwIfAborted();
  const lock = await acquireFileLock({ path: cached.lockPath, signal: options.signal, onWait: options.onWait });
  try {
    if (await isCached(cached)) return installed(options, 'cache');
    options.onStart();
    await buildIntoCache(options);
    return installed(options, 'built');
  } catch (error) {
    options.signal.throwIfAborted();
    throw new PartBuildError(definition.name, cached.logPath, await readTail(cached.logPath), error);
  } finally {
    await lock.release();
  }
}

/** Fetches what the build will need. It takes no lock and reports nothing: if it fails, the build tries again and reports. */
export async function prefetchPart(options: Omit<BuildPartOptions, 'onWait' | 'onStart'>): Promise<void> {
  const logPath = options.cached.logPath.replace(/\.log$/, '.prefetch.log');
  try {
    await startLog(logPath, options);
    const directory = dirname(logPath);
    await options.definition.prefetch?.(createContext(options, logPath, directory, directory));
  } catch {
    // The build reports it.
  }
}

async function buildIntoCache(options: BuildPartOptions): Promise<void> {
  await startLog(options.cached.logPath, options);
  const started = options.now();
  const room = await openBuildRoom(options.cached);
  try {
    await fillRoom(options, room);
    await recordBuild(room.outputDirectory, options.definition, (options.now() - started) / 1000);
    await room.accept();
  } finally {
    await room.clear();
  }
}

async function fillRoom(options: BuildPartOptions, room: BuildRoom): Promise<void> {
  const context = createContext(options, options.cached.logPath, room.outputDirectory, room.workDirectory);
  await installDebianTools(context, options.definition.requirements.debianTools ?? []);
  await options.definition.build(context);
  // Written out before the part gets its name: a machine that loses power must not come back with an empty binary in it.
  await context.run('sync', ['--file-system', room.outputDirectory]);
}

function createContext(
  options: Pick<BuildPartOptions, 'environment' | 'signal'>,
  logPath: string,
  outputDirectory: string,
  workDirectory: string,
): BuildContext {
  const run = (capture: boolean, command: string, args: readonly string[], settings: CommandOptions) =>
    runLoggedCommand({
      command,
      args,
      ...(settings.cwd === undefined ? {} : { cwd: settings.cwd }),
      environment: { ...options.environment, ...settings.environment },
      logPath,
      capture,
      signal: options.signal,
    });
  return {
    outputDirectory,
    workDirectory,
    environment: options.environment,
    run: async (command, args, settings = {}) => {
      await run(false, command, args, settings);
    },
    read: async (command, args, settings = {}) => (await run(true, command, args, settings)).trim(),
  };
}

async function startLog(logPath: string, options: Pick<BuildPartOptions, 'definition' | 'now'>): Promise<void> {
  const directory = dirname(logPath);
  makePrivateDirectory(directory);
  // A directory and a log of an earlier version may be open to everybody; what a package manager prints may be private.
  await chmod(directory, 0o700);
  await rm(logPath, { force: true });
  const { name, version } = options.definition;
  await writeFile(logPath, `# ${name} ${version}, ${new Date(options.now()).toISOString()}\n`, { mode: 0o600 });
}

async function readTail(path: string): Promise<readonly string[]> {
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(tailBytes), 0, tailBytes, Math.max(0, size - tailBytes));
    return buffer.toString('utf8', 0, bytesRead).trimEnd().split('\n').slice(-lastLineCount);
  } catch {
    // A build that failed before it had a log has no last lines.
    return [];
  }
}

function installed(options: BuildPartOptions, origin: 'cache' | 'built'): InstalledPart {
  const { name, version } = options.definition;
  return { name, version, origin, directory: options.cached.directory };
}
