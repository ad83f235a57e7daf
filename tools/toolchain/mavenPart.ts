import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';

import { ChecksumMismatchError } from './checksumMismatchError.ts';
import type { BuildContext, PartDefinition, PartGroup, PartName } from './part.ts';
import { sha512 } from './sha512.ts';

export interface MavenPartOptions {
  readonly name: PartName;
  readonly version: string;
  readonly group: PartGroup;
  /** Coordinates of a zip archive with one directory at its top: `group:artifact:version:zip`. */
  readonly artifact: string;
  /** SHA-512 of the archive, in lower-case hexadecimal digits. */
  readonly sha512: string;
  /** Coordinates of the plugin that fetches it. */
  readonly mavenPlugin: string;
  readonly diskMebibytes: number;
}

/**
 * A part that is an archive in a Maven repository, unpacked into a directory of the part's name. Maven itself fetches it,
 * so that the user's mirrors and credentials apply.
 */
export function mavenPart(options: MavenPartOptions): PartDefinition {
  return {
    name: options.name,
    version: options.version,
    group: options.group,
    lane: 'download',
    requirements: {
      java: true,
      debianTools: [
        { command: 'mvn', package: 'maven' },
        { command: 'unzip', package: 'unzip' },
      ],
      diskMebibytes: options.diskMebibytes,
    },
    fingerprint: () => Promise.resolve([JSON.stringify([options.artifact, options.sha512])]),
    build: (context) => buildMavenPart(context, options),
  };
}

async function buildMavenPart(context: BuildContext, options: MavenPartOptions): Promise<void> {
  const downloads = join(context.workDirectory, 'downloads');
  const unpacked = join(context.workDirectory, 'unpacked');
  await context.run(
    'mvn',
    [
      '--batch-mode',
      '--no-transfer-progress',
      `${options.mavenPlugin}:copy`,
      `-Dartifact=${options.artifact}`,
      `-DoutputDirectory=${downloads}`,
    ],
    { cwd: context.workDirectory },
  );
  const archive = join(downloads, await onlyEntry(downloads));
  const actual = await sha512(archive);
  if (actual !== options.sha512) throw new ChecksumMismatchError(options.artifact, options.sha512, actual);
  await context.run('unzip', ['-q', archive, '-d', unpacked]);
  await rename(join(unpacked, await onlyEntry(unpacked)), join(context.outputDirectory, options.name));
}

async function onlyEntry(directory: string): Promise<string> {
  const [name, ...others] = await readdir(directory);
  if (name === undefined || others.length > 0) {
    throw new Error(`expected one entry in ${directory}, found ${others.length + (name === undefined ? 0 : 1)}`);
  }
  return name;
}
