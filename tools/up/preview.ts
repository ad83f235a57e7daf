import { mkdtemp, rm } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../toolchain/engine.ts';
import type { Command } from './command.ts';
import { openStack } from './deployment.ts';
import { findLocalCluster } from './localCluster.ts';
import { checkEngine, prepareEngine } from './prepare.ts';
import { readStackConfigFile } from './stackConfigFile.ts';
import type { StackPreview } from './stackEngine.ts';
import { contextTarget, localTarget, type Target } from './target.ts';

/** Previews the stack under the policy pack and changes nothing. Without a cluster it previews the making of everything. */
export async function preview(command: Command): Promise<StackPreview> {
  await readStackConfigFile(command.options.configFile, command.options.stack);
  await checkEngine(command);
  const engine = await prepareEngine(command);
  const target = await findTarget(command);
  return command.phases.run('preview', async (report) => {
    if (target !== undefined) return (await openStack(command, engine, target)).preview(report);
    return previewWithoutCluster(command, engine, report);
  });
}

async function findTarget({ options, environment }: Command): Promise<Target | undefined> {
  if (options.context !== undefined) return contextTarget(options.context, options.checkout, environment);
  const cluster = await findLocalCluster(options, environment);
  return cluster === undefined ? undefined : localTarget(cluster);
}

async function previewWithoutCluster(
  command: Command,
  engine: Engine,
  report: (text: string) => void,
): Promise<StackPreview> {
  const stateDirectory = await mkdtemp(join(tmpdir(), 'tracewright-preview-'));
  try {
    const stack = await openStack(command, engine, { kubeconfig: devNull, stateDirectory });
    return await stack.preview(report);
  } finally {
    await rm(stateDirectory, { recursive: true, force: true });
  }
}
