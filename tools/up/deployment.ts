import type { Engine } from '../toolchain/engine.ts';
import { ownBackend } from './backend.ts';
import type { Command } from './command.ts';
import { prepareOwnProject } from './ownProject.ts';
import { StackEngine } from './stackEngine.ts';

/** Where a stack is driven from. */
export interface StackPlace {
  /** KUBECONFIG for the provider. */
  readonly kubeconfig: string;
  /** Where an engine of ours keeps its state. */
  readonly stateDirectory: string;
}

/** The stack, ready for previews and updates. The user's own CLI keeps its backend, login, passphrase and files. */
export async function openStack(command: Command, engine: Engine, place: StackPlace): Promise<StackEngine> {
  const { environment, options, abort } = command;
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
  await stack.ensureExists(project.directory);
  return stack;
}

/** The variables that have a value. */
export function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
