import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { onTestFinished } from 'vitest';

import type { Machine } from '../../../../tools/toolchain/machine.ts';
import type { BuildContext, PartDefinition, PartName } from '../../../../tools/toolchain/part.ts';

/** A directory of the running test, removed when it ends. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'toolchain-test-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** A machine that has everything; a test takes one thing away. */
export function fakeMachine(changes: Partial<Machine> = {}): Machine {
  return {
    platform: 'linux',
    arch: 'x64',
    isRoot: true,
    has: () => Promise.resolve(true),
    goVersion: () => Promise.resolve('go1.26.8'),
    freeMebibytes: () => Promise.resolve(100_000),
    ...changes,
  };
}

/** A part whose build writes one file; a test changes one thing. */
export function fakePart(name: PartName, changes: Partial<PartDefinition> = {}): PartDefinition {
  return {
    name,
    version: 'v1',
    group: 'images',
    lane: 'compile',
    requirements: { diskMebibytes: 1 },
    fingerprint: () => Promise.resolve([name]),
    build: (context) => writeFile(join(context.outputDirectory, 'binary'), name),
    ...changes,
  };
}

export interface RecordedContext extends BuildContext {
  readonly commands: readonly (readonly string[])[];
}

/** A build's surroundings that record the commands instead of running them. */
export function recordingContext(
  directories: Pick<BuildContext, 'outputDirectory' | 'workDirectory'>,
  answer: (command: string, args: readonly string[]) => Promise<string>,
): RecordedContext {
  const commands: (readonly string[])[] = [];
  const read = (command: string, args: readonly string[]) => {
    commands.push([command, ...args]);
    return answer(command, args);
  };
  return {
    ...directories,
    environment: { PATH: '' },
    commands,
    read,
    run: async (command, args) => {
      await read(command, args);
    },
  };
}

/** Asks every 25 ms. @throws Error when that is never true within 7.5 s. */
export async function waitFor(condition: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('waited 7.5 s in vain');
}
