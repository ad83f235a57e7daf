import { basename } from 'node:path';
import { resolveSettings, type PolicyConfiguration } from '../../../policies/configuration/resolveSettings.ts';
import { evaluate } from '../../../policies/evaluation/evaluate.ts';
import type { KubernetesObject } from '../../../policies/kubernetes/object.ts';
import { UnknownFieldError } from '../../../policies/kubernetes/unknown.ts';
import { objectsOfResource, type EngineResource } from '../../../policies/pulumi/objectsOfResource.ts';
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
  const { objects, errors } = readResources(resources, place);
  return {
    name: stackTargetName(stack),
    environment,
    place,
    evaluation: evaluate(rules, objects, resolveSettings(rules, configuration, environment), now),
    errors,
    notes: releasesOf(resources),
    placeOf: () => place,
  };
}

/** What reports call a stack. */
export function stackTargetName(stack: string): string {
  return `stack ${stack}`;
}

function readResources(
  resources: readonly EngineResource[],
  place: Place,
): { readonly objects: readonly KubernetesObject[]; readonly errors: readonly TargetError[] } {
  const errors: TargetError[] = [];
  const objects = resources.flatMap((resource) => {
    try {
      return objectsOfResource(resource);
    } catch (error) {
      if (!(error instanceof UnknownFieldError)) throw error;
      errors.push({
        place,
        message: `${resource.type} "${resource.name}": ${error.message}: name its objects one by one`,
      });
      return [];
    }
  });
  return { objects, errors };
}

/** Helm renders a release in the deployment: nobody sees its objects before. */
function releasesOf(resources: readonly EngineResource[]): readonly string[] {
  return resources
    .filter(({ type }) => /^kubernetes:helm\.sh\/v\d+:Release$/.test(type))
    .map(({ name }) => `Helm release "${name}" hides its objects; a Chart of Pulumi's shows them`);
}
