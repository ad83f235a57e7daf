import type { StackConfig } from '../../infra/schema/stackConfigSchema.ts';
import { importImages, startCluster, type RunningCluster } from '../cluster/cluster.ts';
import { packImages } from '../images/packImages.ts';
import { requireReachable } from '../kube/connection.ts';
import { defaultCacheDirectory } from '../toolchain/cacheDirectory.ts';
import { createToolchain, finishToolchain, prepareEngine } from '../stack/prepareEngine.ts';
import type { Engine } from '../toolchain/engine.ts';
import type { PartName } from '../toolchain/part.ts';
import { partsOf } from '../toolchain/parts.ts';
import type { ToolchainRun } from '../toolchain/toolchain.ts';
import type { CommandContext } from '../stack/commandContext.ts';
import { contextTarget, localTarget, type Target } from './target.ts';

/** A cluster to deploy to and an engine to deploy with. */
export interface Prepared {
  readonly target: Target;
  readonly engine: Engine;
}

/** Finds or builds the engine, and finds, heals or starts the cluster with the images that the stack needs. */
export async function prepare(command: CommandContext, config: Pick<StackConfig, 'strategy'>): Promise<Prepared> {
  const { context } = command.options;
  return context === undefined ? prepareLocal(command, imageParts(config)) : prepareContext(command, context);
}

/** What the images of a stack are packed from: Kafka only where spans stream through it. */
export function imageParts({ strategy }: Pick<StackConfig, 'strategy'>): readonly PartName[] {
  return strategy === 'streaming' ? [...partsOf('images'), ...partsOf('streaming')] : partsOf('images');
}

async function prepareContext(command: CommandContext, context: string): Promise<Prepared> {
  const target = await command.phases.run('cluster', async (report) => {
    const found = await contextTarget(context, command.options.checkout, command.environment);
    report(`context ${context} runs Kubernetes ${await requireReachable(found.kube)}`);
    return found;
  });
  return { target, engine: await prepareEngine(command) };
}

/** The cluster starts as soon as its own parts are there, while the provider still compiles. */
async function prepareLocal(command: CommandContext, images: readonly PartName[]): Promise<Prepared> {
  const { phases } = command;
  const toolchain = createToolchain(command, [...partsOf('cluster'), ...images, ...partsOf('engine')]);
  const [engine, cluster] = await bothOrAbort(
    command.abort,
    phases.run('toolchain', (report) => finishToolchain(command, toolchain, report)),
    startLocalCluster(command, toolchain.run, images),
  );
  return { target: localTarget(cluster), engine };
}

async function startLocalCluster(
  command: CommandContext,
  toolchain: ToolchainRun,
  images: readonly PartName[],
): Promise<RunningCluster> {
  const { options, phases, abort, environment } = command;
  const [kubernetes, nodeRootfs] = await Promise.all([toolchain.ready('kubernetes'), toolchain.ready('node-rootfs')]);
  const cluster = await phases.run('cluster', (report) =>
    startCluster({
      name: options.cluster,
      checkout: options.checkout,
      environment,
      kubernetesDirectory: kubernetes.directory,
      nodeRootfsDirectory: nodeRootfs.directory,
      signal: abort.signal,
      onEvent: report,
      ...(options.apiPort === undefined ? {} : { apiPort: options.apiPort }),
    }),
  );
  const parts = await Promise.all(images.map((part) => toolchain.ready(part)));
  await phases.run('images', async (report) => {
    const packed = await packImages({
      parts,
      repository: options.checkout,
      cacheDirectory: defaultCacheDirectory(environment),
      onEvent: report,
    });
    await importImages(cluster, packed, report);
  });
  return cluster;
}

/** Waits for both; the first failure ends the other, and is thrown when both have ended. */
async function bothOrAbort<A, B>(abort: AbortController, first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  const end = (error: unknown): void => abort.abort(error);
  first.catch(end);
  second.catch(end);
  await Promise.allSettled([first, second]);
  abort.signal.throwIfAborted();
  return Promise.all([first, second]);
}
