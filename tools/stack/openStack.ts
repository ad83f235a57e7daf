import { checkoutPolicyPack, type ActivePolicyPack } from './checkoutPolicyPack.ts';
import type { Engine } from '../toolchain/engine.ts';
import { ownBackend } from './backend.ts';
import type { CommandContext } from './commandContext.ts';
import { prepareOwnProject } from './ownProject.ts';
import { StackEngine, type StackState } from './stackEngine.ts';

/** Where a stack is driven from. */
export interface StackPlace {
  /** KUBECONFIG for the provider. */
  readonly kubeconfig: string;
  /** Where an engine of ours keeps its state. */
  readonly stateDirectory: string;
  /** Whether nothing of it is kept: the CLI must not write into the checkout then, whosever it is. */
  readonly throwAway?: boolean;
  /** Where an engine of ours gets its copy of the configuration, for who does not hold the deployment's lock. */
  readonly projectDirectory?: string;
  /** @defaultValue the checkout's own, as its `policy.yaml` says */
  readonly policyPack?: ActivePolicyPack;
}

/** A stack that can be previewed, updated and destroyed. */
export interface OpenStack {
  readonly engine: StackEngine;
  /** What its backend remembers; undefined where it does not exist yet. */
  readonly state: StackState | undefined;
  /** Makes it, where it does not exist. */
  readonly create: () => Promise<void>;
}

/**
 * What somebody has changed by hand (`kubectl edit`) belongs to kubectl from then on: without this, the provider refuses to
 * write it anew (provider 4, `pkg/await/await.go`).
 */
const overrideHands = { PULUMI_K8S_ENABLE_PATCH_FORCE: 'true' };

/**
 * Looks a stack up and changes nothing. The user's own CLI keeps its backend, login, passphrase, selection and files.
 * @param before - Runs before the state is read.
 */
export async function openStack(
  command: CommandContext,
  engine: Engine,
  place: StackPlace,
  before: (engine: StackEngine) => Promise<void> = () => Promise.resolve(),
): Promise<OpenStack> {
  const { environment, options, abort } = command;
  const own = engine.own ? await ownBackend(place.stateDirectory, environment) : {};
  const project =
    engine.own || place.throwAway === true
      ? await prepareOwnProject(place.stateDirectory, options.stack, options.configFile, place.projectDirectory)
      : { directory: options.checkout, configFile: options.configFile };
  const stack = new StackEngine({
    command: engine.command,
    environment: {
      ...overrideHands,
      ...definedOnly(environment),
      ...engine.environment,
      ...own,
      KUBECONFIG: place.kubeconfig,
    },
    checkout: options.checkout,
    stack: options.stack,
    configFile: project.configFile,
    policyPack: place.policyPack ?? checkoutPolicyPack(options),
    signal: abort.signal,
  });
  await before(stack);
  return { engine: stack, state: await stack.readState(), create: () => stack.create(project.directory) };
}

/** The variables that have a value. */
export function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
