import { Argument, Command } from 'commander';

import { defaultCacheDirectory } from './cacheDirectory.ts';
import { type ListedPart, listToolchain } from './listToolchain.ts';
import { MissingPrerequisitesError } from './missingPrerequisitesError.ts';
import type { PartDefinition, PartName } from './part.ts';
import { PartBuildError } from './partBuildError.ts';
import { createPartDefinitions } from './parts.ts';
import { StoppedBySignalError } from './stoppedBySignalError.ts';
import { startToolchain } from './toolchain.ts';
import { describeToolchainEvent } from './toolchainEvent.ts';
import { UnsupportedPulumiError } from './unsupportedPulumiError.ts';

interface OutputOptions {
  readonly json?: boolean;
}

await runCommandLine(process.argv);

async function runCommandLine(argv: readonly string[]): Promise<void> {
  const definitions = createPartDefinitions();
  const program = new Command('toolchain')
    .description('The engine and cluster parts that Tracewright finds or builds.')
    .showHelpAfterError();
  program
    .command('list', { isDefault: true })
    .description('list each part with its version, origin and directory; builds and fetches nothing')
    .option('--json', 'print a JSON array instead of a table')
    .action(async (options: OutputOptions) => printParts(await list(definitions), options));
  program
    .command('build')
    .description('find or build parts')
    .addArgument(
      new Argument('[parts...]', 'the parts; all when none is named').choices(definitions.map((part) => part.name)),
    )
    .option('--json', 'print a JSON array instead of a table')
    .action((names: string[], options: OutputOptions) => build(definitions, names, options));
  try {
    await program.parseAsync(argv);
  } catch (error) {
    reportFailure(error);
  }
}

function list(definitions: readonly PartDefinition[]): Promise<readonly ListedPart[]> {
  return listToolchain(definitions, defaultCacheDirectory(process.env), process.env);
}

async function build(
  definitions: readonly PartDefinition[],
  names: readonly string[],
  options: OutputOptions,
): Promise<void> {
  const abort = new AbortController();
  const stop = (signal: NodeJS.Signals) => abort.abort(new StoppedBySignalError(signal));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const run = startToolchain({
    parts: selectParts(definitions, names),
    cacheDirectory: defaultCacheDirectory(process.env),
    environment: process.env,
    signal: abort.signal,
    onEvent: (event) => process.stderr.write(`${describeToolchainEvent(event)}\n`),
    definitions,
  });
  printParts(await run.all, options);
}

function selectParts(definitions: readonly PartDefinition[], names: readonly string[]): readonly PartName[] {
  const all = definitions.map((definition) => definition.name);
  return names.length === 0 ? all : all.filter((name) => names.includes(name));
}

interface Row {
  readonly name: string;
  readonly version: string;
  readonly origin: string;
  readonly directory: string;
}

function printParts(parts: readonly Row[], options: OutputOptions): void {
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify(parts, undefined, 2)}\n`);
    return;
  }
  const rows = [{ name: 'PART', version: 'VERSION', origin: 'ORIGIN', directory: 'DIRECTORY' }, ...parts];
  const width = (column: keyof Row) => Math.max(...rows.map((row) => row[column].length));
  const widths = { name: width('name'), version: width('version'), origin: width('origin') };
  for (const row of rows) {
    const cells = [
      row.name.padEnd(widths.name),
      row.version.padEnd(widths.version),
      row.origin.padEnd(widths.origin),
      row.directory,
    ];
    process.stdout.write(`${cells.join('  ')}\n`);
  }
}

/** A failure that a person can act on is told in its own words; anything else is a defect and shows where it came from. */
function reportFailure(error: unknown): void {
  const expected =
    error instanceof PartBuildError ||
    error instanceof MissingPrerequisitesError ||
    error instanceof UnsupportedPulumiError ||
    error instanceof StoppedBySignalError;
  const text = error instanceof Error ? (expected ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`toolchain: ${text}\n`);
  process.exitCode = 1;
}
