import { basename } from 'node:path';
import { resolveSettings, type PolicyConfiguration } from '../../../policies/configuration/resolveSettings.ts';
import { evaluate } from '../../../policies/evaluation/evaluate.ts';
import type { EngineResource } from '../../../policies/pulumi/objectsOfResource.ts';
import { readResources, type UnreadableResource } from '../../../policies/pulumi/readResources.ts';
import type { Rule } from '../../../policies/rule.ts';
import type { Place } from '../place.ts';
import type { Target, TargetError } from '../policyRun.ts';

/** What a stack's preview gives, for the rules to be asked of. */
export interface PreviewedStack {
  readonly stack: string;
  readonly environment: string;
  readonly configFile: string;
  readonly resources: readonly EngineResource[];
}

/** Asks rules about the resources of a stack. */
export function checkStack(
  { stack, environment, configFile, resources }: PreviewedStack,
  rules: readonly Rule[],
  configuration: PolicyConfiguration,
  now: Date,
): Omit<Target, 'seconds'> {
  const place = { file: basename(configFile) };
  const { objects, unreadable } = readResources(resources);
  return {
    name: stackTargetName(stack),
    environment,
    place,
    evaluation: evaluate(rules, objects, resolveSettings(rules, configuration, environment), now),
    errors: unreadable.map((one) => errorOf(one, place)),
    notes: releasesOf(resources),
    placeOf: () => place,
  };
}

/** What reports call a stack. */
export function stackTargetName(stack: string): string {
  return `stack ${stack}`;
}

function errorOf({ resource: { type, name }, error }: UnreadableResource, place: Place): TargetError {
  return { place, message: `${type} "${name}": ${error.message}: name its objects one by one` };
}

/** Helm renders a release in the deployment: nobody sees its objects before. */
function releasesOf(resources: readonly EngineResource[]): readonly string[] {
  return resources
    .filter(({ type }) => /^kubernetes:helm\.sh\/v\d+:Release$/.test(type))
    .map(({ name }) => `Helm release "${name}" hides its objects; a Chart of Pulumi's shows them`);
}
