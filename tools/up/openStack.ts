import type { Engine } from '../toolchain/engine.ts';
import { ownBackend } from './backend.ts';
import type { CommandContext } from './commandContext.ts';
import { prepareOwnProject } from './ownProject.ts';
import { StackEngine } from './stackEngine.ts';

/** Where a stack is driven from. */
export interface StackPlace {
  /** KUBECONFIG for the provider. */
  readonly kubeconfig: string;
  /** Where an engine of ours keeps its state. */
  readonly stateDirectory: string;
}

/** A stack that can be previewed, updated and destroyed. */
export interface OpenStack {
  readonly engine: StackEngine;
  /** Resources in its state; undefined where it does not exist yet. */
  readonly resources: number | undefined;
  /** Makes it, where it does not exist. */
  readonly create: () => Promise<void>;
}

/** Looks a stack up and changes nothing. The user's own CLI keeps its backend, login, passphrase, selection and files. */
export async function openStack(command: CommandContext, engine: Engine, place: StackPlace): Promise<OpenStack> {
  const { stack, directory } = await createStackEngine(command, engine, place);
  const resources = await stack.countResources();
  return { engine: stack, resources, create: () => stack.create(directory) };
}

/** The way to a stack, and the project directory where the CLI may write what it adds to the stack's configuration. */
export async function createStackEngine(
  { environment, options, abort }: CommandContext,
  engine: Engine,
  place: StackPlace,
): Promise<{ readonly stack: StackEngine; readonly directory: string }> {
  const own = engine.own ? await ownBackend(place.stateDirectory, environment) : {};
  const project = engine.own
    ? await prepareOwnProject(place.stateDirectory, options.stack, options.configFile)
    : { directory: options.checkout, configFile: options.configFile };
  const stack = new StackEngine({
    command: engine.command,
    environment: { ...definedOnly(environment), ...engine.environment, ...own, KUBECONFIG: place.kubeconfig },
    checkout: options.checkout,
    stack: options.stack,
    configFile: project.configFile,
    signal: abort.signal,
  });
  return { stack, directory: project.directory };
}

/** The variables that have a value. */
export function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
