import { copyFile, cp, mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { ChecksumMismatchError } from './checksumMismatchError.ts';
import type { BuildContext, PartDefinition, PartGroup, PartName } from './part.ts';
import { sha512 } from './sha512.ts';
import { sourceFiles } from './sourceFiles.ts';
import { UnlistedJarsError } from './unlistedJarsError.ts';

export interface MavenJarsPartOptions {
  readonly name: PartName;
  readonly version: string;
  readonly group: PartGroup;
  /** Coordinates of the plugin that fetches the jars. */
  readonly mavenPlugin: string;
  readonly diskMebibytes: number;
  /**
   * Holds `pom.xml`, whose runtime dependencies are the jars; `jars.sha512`, their checksums as `sha512sum` writes and checks
   * them; and directories of our own files. @defaultValue `parts/<name>` beside this file
   */
  readonly sourceDirectory?: string;
}

/**
 * A part that is a program of many jars in a Maven repository: a directory of the part's name with `libs` and our own
 * directories beside it. A jar that differs from its checksum, is not listed or does not come is refused.
 */
export function mavenJarsPart(options: MavenJarsPartOptions): PartDefinition {
  const sourceDirectory = options.sourceDirectory ?? join(import.meta.dirname, 'parts', options.name);
  return {
    name: options.name,
    version: options.version,
    group: options.group,
    lane: 'download',
    requirements: {
      java: true,
      debianTools: [{ command: 'mvn', package: 'maven' }],
      diskMebibytes: options.diskMebibytes,
    },
    fingerprint: () => sourceFiles(sourceDirectory),
    build: async (context) => {
      const target = join(context.outputDirectory, options.name);
      const libs = join(target, 'libs');
      await copyOwnDirectories(sourceDirectory, target);
      await fetchJars(context, join(sourceDirectory, 'pom.xml'), options.mavenPlugin, libs);
      await verifyJars(libs, join(sourceDirectory, 'jars.sha512'));
    },
  };
}

async function copyOwnDirectories(sourceDirectory: string, target: string): Promise<void> {
  await mkdir(target);
  const entries = await readdir(sourceDirectory, { withFileTypes: true });
  for (const { name } of entries.filter((entry) => entry.isDirectory())) {
    await cp(join(sourceDirectory, name), join(target, name), { recursive: true });
  }
}

/** From a copy of the pom: Maven writes beside it. */
async function fetchJars(context: BuildContext, pom: string, mavenPlugin: string, libs: string): Promise<void> {
  await copyFile(pom, join(context.workDirectory, 'pom.xml'));
  await context.run(
    'mvn',
    [
      '--batch-mode',
      '--no-transfer-progress',
      `${mavenPlugin}:copy-dependencies`,
      '-DincludeScope=runtime',
      `-DoutputDirectory=${libs}`,
    ],
    { cwd: context.workDirectory },
  );
}

async function verifyJars(libs: string, list: string): Promise<void> {
  const pinned = parseChecksums(await readFile(list, 'utf8'));
  const found = (await readdir(libs)).sort();
  const unknown = found.filter((jar) => !pinned.has(jar));
  const missing = [...pinned.keys()].filter((jar) => !found.includes(jar));
  if (unknown.length + missing.length > 0) throw new UnlistedJarsError(list, unknown, missing);
  for (const [jar, expected] of pinned) {
    const actual = await sha512(join(libs, jar));
    if (actual !== expected) throw new ChecksumMismatchError(jar, expected, actual);
  }
}

/** Lines of `sha512sum`: the checksum, two spaces, the name. */
function parseChecksums(text: string): ReadonlyMap<string, string> {
  const lines = text.trimEnd().split('\n');
  return new Map(
    lines.map((line): [string, string] => {
      const [checksum = '', name = ''] = line.split('  ');
      return [name, checksum];
    }),
  );
}
