import { chmod, copyFile, rename } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import type { BuildContext, PartDefinition, PartGroup, PartName } from './part.ts';
import { sourceFiles } from './sourceFiles.ts';

export interface GoPartOptions {
  readonly name: PartName;
  readonly version: string;
  readonly group: PartGroup;
  readonly diskMebibytes: number;
  /** Main packages, built in one list so that what they share is compiled once; none where the part is files of modules. */
  readonly packages: readonly string[];
  /** String variables set by the linker: `import/path.Name` to value. */
  readonly variables: Readonly<Record<string, string>>;
  /** New names for binaries that would be named after their package. @defaultValue none */
  readonly renames?: Readonly<Record<string, string>>;
  /** Files of a module that belong beside the binaries. @defaultValue none */
  readonly moduleFiles?: readonly ModuleFile[];
  /** Holds go.mod, go.sum and our own main packages. @defaultValue `parts/<name>` beside this file */
  readonly moduleDirectory?: string;
}

export interface ModuleFile {
  readonly module: string;
  readonly path: string;
  readonly mode: number;
}

/** A part compiled from the Go modules that its go.mod and go.sum pin: static binaries, without C. */
export function goPart(options: GoPartOptions): PartDefinition {
  const moduleDirectory = options.moduleDirectory ?? join(import.meta.dirname, 'parts', options.name);
  const buildArguments = ['build', '-trimpath', '-buildvcs=false', '-ldflags', linkerFlags(options.variables)];
  return {
    name: options.name,
    version: options.version,
    group: options.group,
    lane: 'compile',
    requirements: { go: requiredGoVersion(moduleDirectory), diskMebibytes: options.diskMebibytes },
    fingerprint: async () => [
      JSON.stringify([buildArguments, options.packages, options.renames ?? {}, options.moduleFiles ?? []]),
      ...(await sourceFiles(moduleDirectory)),
    ],
    ...(options.packages.length > 0 && {
      prefetch: (context) =>
        context.run('go', ['list', '-deps', '-f', '{{""}}', ...options.packages], goSettings(context, moduleDirectory)),
    }),
    build: async (context) => {
      const settings = goSettings(context, moduleDirectory);
      const outputs = ['-o', `${context.outputDirectory}/`, ...options.packages];
      if (options.packages.length > 0) await context.run('go', [...buildArguments, ...outputs], settings);
      await renameBinaries(context.outputDirectory, options.renames ?? {});
      for (const file of options.moduleFiles ?? []) await copyModuleFile(context, settings, file);
    },
  };
}

function linkerFlags(variables: Readonly<Record<string, string>>): string {
  return ['-s', '-w', ...Object.entries(variables).map(([name, value]) => `-X ${name}=${value}`)].join(' ');
}

/** The collector runs seldom: what limits these builds is processor time, not memory. */
function goSettings(context: BuildContext, cwd: string) {
  return {
    cwd,
    environment: {
      CGO_ENABLED: '0',
      GO111MODULE: 'on',
      GOFLAGS: '-mod=readonly',
      GOGC: '800',
      GOTMPDIR: context.workDirectory,
      GOTOOLCHAIN: 'local',
      GOWORK: 'off',
    },
  };
}

async function renameBinaries(directory: string, renames: Readonly<Record<string, string>>): Promise<void> {
  for (const [from, to] of Object.entries(renames)) await rename(join(directory, from), join(directory, to));
}

async function copyModuleFile(
  context: BuildContext,
  settings: ReturnType<typeof goSettings>,
  file: ModuleFile,
): Promise<void> {
  // Compiling has fetched the module, where there was something to compile.
  await context.run('go', ['mod', 'download', file.module], settings);
  const source = await context.read('go', ['list', '-m', '-f', '{{.Dir}}', file.module], settings);
  const target = join(context.outputDirectory, basename(file.path));
  await copyFile(join(source, file.path), target);
  await chmod(target, file.mode);
}

function requiredGoVersion(moduleDirectory: string): string {
  const goMod = readFileSync(join(moduleDirectory, 'go.mod'), 'utf8');
  const version = /^go (\S+)$/m.exec(goMod)?.[1];
  if (version === undefined)
    throw new Error(`${moduleDirectory}/go.mod names no Go version (a line such as "go 1.24.0")`);
  return version;
}
