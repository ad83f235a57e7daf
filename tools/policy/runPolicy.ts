import { environments } from '../../infra/schema/environments.ts';
import { nearestTo } from '../../infra/schema/fields.ts';
import type { PolicyConfiguration } from '../../policies/configuration/resolveSettings.ts';
import { allRules } from '../../policies/rules/allRules.ts';
import type { Phases } from '../console/phases.ts';
import type { Engine } from '../toolchain/engine.ts';
import type { CommandContext } from '../stack/commandContext.ts';
import { requireOwnIndexPrefix } from '../stack/indexPrefixes.ts';
import { parseUpOptions } from '../stack/options.ts';
import { prepareEngine } from '../stack/prepareEngine.ts';
import { readStackConfigFile } from '../stack/stackConfigFile.ts';
import { loadPolicyConfiguration } from '../policyConfiguration/loadPolicyConfiguration.ts';
import type { ReadConfiguration } from '../policyConfiguration/readPolicyConfiguration.ts';
import { exemptionUse } from './exemptionUse.ts';
import { checkManifests } from './manifests/checkManifests.ts';
import { readManifests } from './manifests/readManifests.ts';
import type { PolicyOptions } from './options.ts';
import type { PolicyRun, Target } from './policyRun.ts';
import { checkStack, stackTargetName } from './stacks/checkStack.ts';
import { recordStack } from './stacks/recordStack.ts';

/** What the command works with. */
export interface PolicyContext {
  readonly options: PolicyOptions;
  readonly phases: Phases;
  readonly environment: NodeJS.ProcessEnv;
  readonly abort: AbortController;
  readonly now: () => Date;
}

/** The phases of a run, in their order. */
export function phasesOf({ stacks, manifests }: PolicyOptions): readonly string[] {
  return [
    ...(manifests.length === 0 ? [] : ['manifests']),
    ...(stacks.length === 0 ? [] : ['toolchain', ...stacks.map(stackTargetName)]),
  ];
}

/**
 * Asks the rules about every stack and all manifests that the options name. What keeps one of them from being looked at is part of the
 * result, and the others are looked at all the same.
 *
 * @throws PolicyConfigurationError, ManifestPathError, OptionError for a stack without a configuration, and what says that there is no engine.
 */
export async function runPolicy(context: PolicyContext): Promise<PolicyRun> {
  const { options, now } = context;
  const startedAt = now();
  const configured = loadPolicyConfiguration(options.checkout, options.config);
  // A path that leads nowhere is said before an engine is built.
  const manifests = await checkAllManifests(context, configured.configuration);
  const targets = [...(await checkStacks(context, configured.configuration)), ...manifests];
  return {
    targets,
    ...usedExemptions(configured, targets),
    notes: [
      ...oddEnvironment(options, configured.configuration),
      ...strangeEnvironments(configured.configuration, targets),
    ],
    ...(configured.file === undefined ? {} : { configurationFile: configured.file }),
    startedAt,
    seconds: (now().getTime() - startedAt.getTime()) / 1000,
  };
}

async function checkStacks(context: PolicyContext, configuration: PolicyConfiguration): Promise<readonly Target[]> {
  const { options } = context;
  const [first] = options.stacks;
  if (first === undefined) return [];
  // A name that no stack has is a mistake of the command line: it is said before anything is built.
  const commands = options.stacks.map((stack) => commandOf(context, stack));
  const engine = await prepareEngine(commandOf(context, first));
  const targets: Target[] = [];
  // One after the other: an engine with its provider and program takes all that a small machine has.
  for (const command of commands) targets.push(await checkOneStack(context, command, engine, configuration));
  return targets;
}

function commandOf({ options, phases, environment, abort }: PolicyContext, stack: string): CommandContext {
  return {
    options: parseUpOptions({ stack, cluster: 'dev' }, options.checkout),
    phases,
    environment,
    abort,
    confirm: () => Promise.resolve(false),
  };
}

async function checkOneStack(
  { now, phases, abort }: PolicyContext,
  command: CommandContext,
  engine: Engine,
  configuration: PolicyConfiguration,
): Promise<Target> {
  const { stack, configFile, checkout } = command.options;
  const place = { file: `Pulumi.${stack}.yaml` };
  const name = stackTargetName(stack);
  try {
    const target = await phases.run(name, async (report) => {
      const config = await readStackConfigFile(configFile, stack, checkout);
      await requireOwnIndexPrefix(config, command.options);
      const resources = await recordStack(command, engine, report);
      return checkStack(
        { stack, environment: config.environment, configFile, resources },
        allRules,
        configuration,
        now(),
      );
    });
    return { ...target, seconds: phases.seconds()[name] ?? 0 };
  } catch (error) {
    abort.signal.throwIfAborted();
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const seconds = phases.seconds()[name] ?? 0;
    return { name, environment: stack, place, errors: [{ place, message }], notes: [], seconds, placeOf: () => place };
  }
}

async function checkAllManifests(
  { options, phases, now }: PolicyContext,
  configuration: PolicyConfiguration,
): Promise<readonly Target[]> {
  const { manifests: paths, environment, checkout } = options;
  if (paths.length === 0) return [];
  const target = await phases.run('manifests', async () => {
    const manifests = await readManifests(paths, checkout);
    return checkManifests(manifests, paths, environment, allRules, configuration, now());
  });
  return [{ ...target, seconds: phases.seconds()['manifests'] ?? 0 }];
}

function usedExemptions(configured: ReadConfiguration, targets: readonly Target[]) {
  const use = exemptionUse(
    configured,
    targets.flatMap(({ evaluation }) => evaluation ?? []),
  );
  // What could not be looked at may be what needs an exemption.
  return targets.some(({ errors }) => errors.length > 0) ? { ...use, unused: [] } : use;
}

/** Whoever misspells the environment of manifests is held to the general levels. */
function oddEnvironment({ environment }: PolicyOptions, configuration: PolicyConfiguration): readonly string[] {
  const known = [...environments, ...Object.keys(configuration.environments ?? {})];
  const nearest = known.includes(environment) ? undefined : nearestTo(environment, known);
  if (nearest === undefined) return [];
  return [`--environment: neither a rule nor the configuration knows "${environment}": did you mean "${nearest}"?`];
}

/** An environment that is written wrongly is that of nobody, and what is said for it is not heard. */
function strangeEnvironments(configuration: PolicyConfiguration, targets: readonly Target[]): readonly string[] {
  const known = [...new Set([...environments, ...targets.map(({ environment }) => environment)])];
  const named = new Set([
    ...Object.keys(configuration.environments ?? {}),
    ...(configuration.exemptions ?? []).flatMap((exemption) => exemption.environments ?? []),
  ]);
  return [...named].flatMap((name) => {
    const nearest = known.includes(name) ? undefined : nearestTo(name, known);
    if (nearest === undefined) return [];
    return [`The configuration speaks of an environment "${name}", which nothing here has: did you mean "${nearest}"?`];
  });
}
