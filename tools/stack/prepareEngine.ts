import type { ReportDetail } from '../console/phases.ts';
import { defaultCacheDirectory } from '../toolchain/cacheDirectory.ts';
import { resolveEngine, type Engine } from '../toolchain/engine.ts';
import type { PartName } from '../toolchain/part.ts';
import { partsOf } from '../toolchain/parts.ts';
import { startToolchain, type ToolchainRun } from '../toolchain/toolchain.ts';
import { describeToolchainEvent } from '../toolchain/toolchainEvent.ts';
import type { CommandContext } from './commandContext.ts';

/** Finds or builds the engine alone. */
export async function prepareEngine(command: CommandContext): Promise<Engine> {
  const toolchain = createToolchain(command, partsOf('engine'));
  return command.phases.run('toolchain', (report) => finishToolchain(command, toolchain, report));
}

/** A run whose events go to the phase that shows them, once it has begun. */
export interface ReportedToolchain {
  readonly run: ToolchainRun;
  report: ReportDetail;
}

/** Finds or builds parts from now on. Nothing is reported before `finishToolchain`. */
export function createToolchain({ environment, abort }: CommandContext, parts: readonly PartName[]): ReportedToolchain {
  const run = startToolchain({
    parts,
    environment,
    cacheDirectory: defaultCacheDirectory(environment),
    signal: abort.signal,
    onEvent: (event) => toolchain.report(describeToolchainEvent(event)),
  });
  const toolchain: ReportedToolchain = { run, report: () => undefined };
  return toolchain;
}

/** Waits for all of the parts, reporting what becomes of them, and finds the engine among them. */
export async function finishToolchain(
  { environment }: CommandContext,
  toolchain: ReportedToolchain,
  report: ReportDetail,
): Promise<Engine> {
  toolchain.report = report;
  return resolveEngine(await toolchain.run.all, environment);
}
