import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { PartDefinition, PartName } from './part.ts';

/** Where one part, in exactly the pinned form, lies or will lie in the cache. */
export interface CachedPart {
  readonly name: PartName;
  /** Exists if, and only if, the part is complete. */
  readonly directory: string;
  readonly logPath: string;
  readonly lockPath: string;
}

/** The paths of a part. Reads the pins, and nothing of the cache. */
export async function locatePart(cacheDirectory: string, part: PartDefinition): Promise<CachedPart> {
  const hash = createHash('sha256');
  for (const item of [process.arch, ...(await part.fingerprint())]) hash.update(`${item.length}:${item}`);
  const key = `${part.name}-${hash.digest('hex').slice(0, 12)}`;
  return {
    name: part.name,
    directory: join(cacheDirectory, key),
    logPath: join(cacheDirectory, 'logs', `${key}.log`),
    lockPath: join(cacheDirectory, 'locks', `${part.name}.lock`),
  };
}

export async function isCached(part: CachedPart): Promise<boolean> {
  return access(part.directory).then(
    () => true,
    () => false,
  );
}

/** Room for a build beside the part's final place: on the same disk, so that the finished part is moved in one step. */
export interface BuildRoom {
  readonly outputDirectory: string;
  readonly workDirectory: string;
  /** Makes the output the part. */
  readonly accept: () => Promise<void>;
  /** Removes what is left of the room. */
  readonly clear: () => Promise<void>;
}

/**
 * Opens a room of its own for a build. What cut builds of the part left is removed first, so the caller holds its lock.
 */
export async function openBuildRoom(part: CachedPart): Promise<BuildRoom> {
  const partial = `${part.directory}.partial-${randomUUID().slice(0, 8)}`;
  await removeLeftovers(part);
  const outputDirectory = join(partial, 'output');
  const workDirectory = join(partial, 'work');
  await mkdir(outputDirectory, { recursive: true });
  await mkdir(workDirectory);
  return {
    outputDirectory,
    workDirectory,
    accept: () => rename(outputDirectory, part.directory),
    clear: () => removeTree(partial),
  };
}

async function removeLeftovers(part: CachedPart): Promise<void> {
  const parent = join(part.directory, '..');
  await mkdir(parent, { recursive: true });
  const leftovers = (await readdir(parent)).filter((entry) => isLeftoverOf(part.name, entry));
  for (const entry of leftovers) await removeTree(join(parent, entry));
}

function isLeftoverOf(name: PartName, entry: string): boolean {
  return entry.startsWith(`${name}-`) && /^[0-9a-f]{12}\.partial-/.test(entry.slice(name.length + 1));
}

/** Removing must not follow a mount that a killed build left behind: it could lead to the machine's own /dev. */
async function removeTree(directory: string): Promise<void> {
  const mounts = await readFile('/proc/self/mountinfo', 'utf8').catch(() => '');
  const inside = mounts.split('\n').find((line) => line.split(' ')[4]?.startsWith(`${directory}/`));
  if (inside !== undefined) {
    throw new Error(
      `cannot remove ${directory}: ${inside.split(' ')[4] ?? ''} is still mounted in it; unmount it and try again`,
    );
  }
  await rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}

/** Seconds that building the part took, for whoever wants to know later. */
export async function recordBuild(outputDirectory: string, part: PartDefinition, seconds: number): Promise<void> {
  const record = { name: part.name, version: part.version, arch: process.arch, buildSeconds: Math.round(seconds) };
  await writeFile(join(outputDirectory, 'part.json'), `${JSON.stringify(record, undefined, 2)}\n`);
}
