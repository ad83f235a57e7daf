import {
  ApiException,
  CoreV1Api,
  KubernetesObjectApi,
  type KubeConfig,
  type KubernetesObject,
  type V1Pod,
} from '@kubernetes/client-node';
import { execa } from 'execa';
import { requireReachable } from '../kube/connection.ts';
import { withTemporaryDirectory } from '../process/temporaryDirectory.ts';
import type { CommandContext } from '../stack/commandContext.ts';
import { openStack } from '../stack/openStack.ts';
import { requireConfigFile } from '../stack/options.ts';
import { projectName } from '../stack/ownProject.ts';
import { prepareEngine } from '../stack/prepareEngine.ts';
import { readStackConfigFile } from '../stack/stackConfigFile.ts';
import type { StackEngine } from '../stack/stackEngine.ts';
import { stackNamespaces } from '../stack/stackNamespaces.ts';
import { readStackOutputs } from '../up/readStackOutputs.ts';
import { findTarget, type Target } from '../up/target.ts';
import { declaredObjects, stateProject, type DeclaredObject } from './declaredObject.ts';
import { NotCheckableError, StackAbsentError, type ApplicationAddress, type Deployment } from './deployment.ts';

/** What the user has named beside the stack. */
export interface DeploymentAddresses {
  readonly prometheus?: URL;
  readonly applications: readonly ApplicationAddress[];
}

/** The deployment of a stack. Nothing is looked at before a check asks, and nothing is changed or started. */
export function openDeployment(command: CommandContext, addresses: DeploymentAddresses): Deployment {
  const { options, environment } = command;
  const { configFile, stack, checkout } = options;
  const config = once(async () => {
    requireConfigFile(options, false);
    return readStackConfigFile(configFile, stack, checkout);
  });
  const target = once(async () => {
    const found = await findTarget(options, environment);
    if (found !== undefined) return found;
    throw new NotCheckableError(
      `the local cluster ${options.cluster} does not run`,
      '`npm run up` starts it; name a cluster of yours with --context',
    );
  });
  const kubernetes = once(async () => requireReachable((await target()).kube));
  const kube = once(async () => {
    await kubernetes();
    return (await target()).kube;
  });
  const engine = once(() => prepareEngine(command));
  const inStack = async <T>(work: (engine: StackEngine, resources: readonly unknown[]) => Promise<T>): Promise<T> => {
    requireConfigFile(options, false);
    const [found, place] = await Promise.all([engine(), target()]);
    return withTemporaryDirectory('validate', async (projectDirectory) => {
      const opened = await openStack(command, found, { ...place, projectDirectory });
      if (opened.state === undefined) throw noStack(stack, place);
      requireOwnProject(stack, opened.state.all);
      return work(opened.engine, opened.state.all);
    });
  };
  const state = once(() =>
    inStack(async (opened, resources) => ({ declared: declaredObjects(resources), outputs: await opened.outputs() })),
  );
  const namespaces = once(async () => stackNamespaces(await config()));
  const live = onceFor(async (object: DeclaredObject) => readLive(await kube(), object));
  return {
    stack,
    ...addresses,
    context: async () => (await target()).context,
    isLocal: async () => (await target()).local,
    config,
    kube,
    kubernetes,
    engineVersion: once(async () => engineVersion((await engine()).command)),
    declared: async () => requireObjects(stack, (await state()).declared),
    outputs: async () => readStackOutputs((await state()).outputs),
    namespaces,
    live,
    pods: once(async () => listPods(await kube(), await namespaces())),
  };
}

function noStack(stack: string, { context }: Target): StackAbsentError {
  return new StackAbsentError(
    `the backend has no stack ${stack} on ${context}`,
    `deploy it with \`npm run up -- --stack ${stack}\`, or have the Pulumi CLI on the PATH that is logged in to the backend which has it`,
  );
}

/** A stack of another project may have the same name, in a backend that tells no projects apart. */
function requireOwnProject(stack: string, resources: readonly unknown[]): void {
  const project = stateProject(resources);
  if (project === undefined || project === projectName) return;
  throw new StackAbsentError(
    `the stack ${stack} in the backend is of the project ${project}, and not of ${projectName}`,
    'log in to the backend that has the stack of this project (`pulumi login`), or name another with --stack',
  );
}

function requireObjects(stack: string, declared: readonly DeclaredObject[]): readonly DeclaredObject[] {
  if (declared.length > 0) return declared;
  throw new StackAbsentError(
    `the stack ${stack} has no object in a cluster: nothing of it was deployed, or all of it was removed`,
    `deploy it with \`npm run up -- --stack ${stack}\``,
  );
}

async function engineVersion(command: string): Promise<string> {
  const { stdout } = await execa(command, ['version'], { timeout: 30_000 });
  return stdout.trim().replace(/^v/, '');
}

async function readLive(kube: KubeConfig, object: DeclaredObject): Promise<KubernetesObject | undefined> {
  const { apiVersion, kind, name, namespace } = object;
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
  try {
    return await KubernetesObjectApi.makeApiClient(kube).read({ apiVersion, kind, metadata });
  } catch (error) {
    if (error instanceof ApiException && error.code === 404) return undefined;
    throw error;
  }
}

async function listPods(kube: KubeConfig, namespaces: readonly string[]): Promise<V1Pod[]> {
  const core = kube.makeApiClient(CoreV1Api);
  const lists = await Promise.all(namespaces.map((namespace) => core.listNamespacedPod({ namespace })));
  return lists.flatMap(({ items }) => items);
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined;
  return () => (found ??= work());
}

function onceFor<K extends object, T>(work: (key: K) => Promise<T>): (key: K) => Promise<T> {
  const found = new WeakMap<K, Promise<T>>();
  return (key) => {
    const known = found.get(key) ?? work(key);
    found.set(key, known);
    return known;
  };
}
