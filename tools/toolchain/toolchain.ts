import { dirname } from 'node:path';

import { type BuildPartOptions, buildPart, prefetchPart } from './buildPart.ts';
import { createMachine, type Machine } from './machine.ts';
import type { Environment, InstalledPart, PartDefinition, PartName } from './part.ts';
import { type CachedPart, isCached, locatePart } from './partCache.ts';
import { PartNotRequestedError } from './partNotRequestedError.ts';
import { createPartDefinitions } from './parts.ts';
import { checkPrerequisites } from './prerequisites.ts';
import type { ToolchainEvent } from './toolchainEvent.ts';
import { findUserPulumi, type UserPulumi } from './userPulumi.ts';

export interface ToolchainOptions {
  /** The parts that are wanted, in any order. */
  readonly parts: readonly PartName[];
  /** Absolute; made when missing. See `defaultCacheDirectory`. */
  readonly cacheDirectory: string;
  /** Of the commands that are run, and whose PATH is searched. */
  readonly environment: Environment;
  /** Ends what is running and rejects what is waited for. @defaultValue never */
  readonly signal?: AbortSignal;
  /** @defaultValue nothing is told */
  readonly onEvent?: (event: ToolchainEvent) => void;
  /** @defaultValue `createPartDefinitions()` */
  readonly definitions?: readonly PartDefinition[];
  /** @defaultValue the machine of this process */
  readonly machine?: Machine;
  /** Milliseconds since the epoch. @defaultValue `Date.now` */
  readonly now?: () => number;
}

export interface ToolchainRun {
  /**
   * Resolves as soon as that part is there, while others are still built.
   *
   * @throws PartBuildError, MissingPrerequisitesError, UnsupportedPulumiError, PartNotRequestedError, the signal's reason
   */
  readonly ready: (part: PartName) => Promise<InstalledPart>;
  /** All wanted parts, in build order; rejects as `ready` does, once nothing runs any more. */
  readonly all: Promise<readonly InstalledPart[]>;
}

/** What all of a run shares. */
interface Run extends Required<
  Pick<ToolchainOptions, 'definitions' | 'machine' | 'now' | 'onEvent' | 'cacheDirectory' | 'environment'>
> {
  readonly abort: AbortController;
}

type Outcomes = ReadonlyMap<PartName, Promise<InstalledPart>>;

/**
 * Starts to find or build the wanted parts, and returns at once. The user's own Pulumi CLI stands for all of the engine's
 * parts; what is in the cache is used; the rest is built, what others wait for first. When all is found, nothing is run
 * or fetched. The first failure ends the run.
 */
export function startToolchain(options: ToolchainOptions): ToolchainRun {
  const run = createRun(options);
  const outcomes = startParts(run, new Set(options.parts));
  const all = outcomes.then(settleAll);
  // A caller may wait for single parts only; each wait reports the failure by itself.
  all.catch(() => undefined);
  return {
    all,
    ready: async (part) => {
      const outcome = (await outcomes).get(part);
      if (outcome === undefined) throw new PartNotRequestedError(part, options.parts);
      return outcome;
    },
  };
}

function createRun(options: ToolchainOptions): Run {
  const abort = new AbortController();
  const { signal } = options;
  const forward = () => abort.abort(signal?.reason);
  if (signal?.aborted === true) forward();
  else signal?.addEventListener('abort', forward, { once: true });
  return {
    cacheDirectory: options.cacheDirectory,
    environment: options.environment,
    definitions: options.definitions ?? createPartDefinitions(),
    machine: options.machine ?? createMachine(options.environment),
    now: options.now ?? Date.now,
    onEvent: options.onEvent ?? (() => undefined),
    abort,
  };
}

async function settleAll(outcomes: Outcomes): Promise<readonly InstalledPart[]> {
  await Promise.allSettled(outcomes.values());
  return Promise.all(outcomes.values());
}

async function startParts(run: Run, wanted: ReadonlySet<PartName>): Promise<Outcomes> {
  const definitions = run.definitions.filter((definition) => wanted.has(definition.name));
  const found = new Map<PartName, InstalledPart>();
  const missing: MissingPart[] = [];
  const userPulumi = await findUserPulumiFor(run, definitions);
  for (const definition of definitions) {
    const cached = await locatePart(run.cacheDirectory, definition);
    const part = await findPart(definition, cached, userPulumi);
    if (part === undefined) missing.push({ definition, cached });
    else found.set(definition.name, part);
  }
  await checkPrerequisites(
    missing.map((part) => part.definition),
    run.machine,
    run.cacheDirectory,
  );
  for (const part of found.values()) run.onEvent({ type: 'found', part });
  const building = startLanes(run, missing);
  return new Map(
    definitions.map(({ name }) => {
      const part = found.get(name);
      return [name, part === undefined ? outcomeOf(building, name) : Promise.resolve(part)];
    }),
  );
}

interface MissingPart {
  readonly definition: PartDefinition;
  readonly cached: CachedPart;
}

function outcomeOf(building: Outcomes, name: PartName): Promise<InstalledPart> {
  return building.get(name) ?? Promise.reject(new PartNotRequestedError(name, [...building.keys()]));
}

async function findUserPulumiFor(run: Run, definitions: readonly PartDefinition[]): Promise<UserPulumi | undefined> {
  if (!definitions.some((definition) => definition.group === 'engine')) return undefined;
  return findUserPulumi(run.environment, run.cacheDirectory);
}

/** The part as it is there already: the user's Pulumi for the engine's parts, or in the cache. */
async function findPart(
  definition: PartDefinition,
  cached: CachedPart,
  userPulumi: UserPulumi | undefined,
): Promise<InstalledPart | undefined> {
  const { name, version } = definition;
  if (definition.group === 'engine' && userPulumi !== undefined) {
    return { name, version: userPulumi.version, origin: 'path', directory: dirname(userPulumi.command) };
  }
  return (await isCached(cached)) ? { name, version, origin: 'cache', directory: cached.directory } : undefined;
}

/** Builds one part of each lane at a time, in order; the download lane also fetches ahead for the compile lane. */
function startLanes(run: Run, missing: readonly MissingPart[]): Outcomes {
  const outcomes = new Map<PartName, Promise<InstalledPart>>();
  const lanes = { compile: Promise.resolve(), download: Promise.resolve() };
  for (const [position, part] of missing.entries()) {
    const { lane, name } = part.definition;
    if (lane === 'compile' && outcomes.size > 0) {
      lanes.download = lanes.download.then(() => prefetchPart({ ...part, ...buildSettings(run) }));
    }
    const outcome = lanes[lane].then(() => buildCounted(run, part, position + 1, missing.length));
    lanes[lane] = outcome.then(
      () => undefined,
      () => undefined,
    );
    outcomes.set(name, outcome);
  }
  return outcomes;
}

function buildSettings(run: Run): Pick<BuildPartOptions, 'environment' | 'signal' | 'now'> {
  return { environment: run.environment, signal: run.abort.signal, now: run.now };
}

async function buildCounted(run: Run, part: MissingPart, index: number, total: number): Promise<InstalledPart> {
  const { name } = part.definition;
  const started = run.now();
  const elapsedSeconds = () => (run.now() - started) / 1000;
  try {
    const installed = await buildPart({
      ...part,
      ...buildSettings(run),
      onWait: (holder) => run.onEvent({ type: 'waiting', part: name, index, total, holder }),
      onStart: () => run.onEvent({ type: 'started', part: name, index, total, logPath: part.cached.logPath }),
    });
    run.onEvent({ type: 'finished', part: installed, index, total, elapsedSeconds: elapsedSeconds() });
    return installed;
  } catch (error) {
    if (!run.abort.signal.aborted) {
      run.onEvent({ type: 'failed', part: name, index, total, elapsedSeconds: elapsedSeconds(), error });
    }
    run.abort.abort(error);
    throw error;
  }
}
