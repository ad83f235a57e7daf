import { resolveSettings, type PolicyConfiguration } from '../../../policies/configuration/resolveSettings.ts';
import { evaluate } from '../../../policies/evaluation/evaluate.ts';
import type { Rule } from '../../../policies/rule.ts';
import { plural, type Target, type TargetError } from '../policyRun.ts';
import type { Manifests } from './readManifests.ts';

/**
 * Asks rules about all manifests together.
 *
 * @param paths - Where they were looked for, as they were given.
 */
export function checkManifests(
  manifests: Manifests,
  paths: readonly string[],
  environment: string,
  rules: readonly Rule[],
  configuration: PolicyConfiguration,
  now: Date,
): Omit<Target, 'seconds'> {
  const found = new Map(manifests.objects.map((one) => [one.object, one]));
  const place = { file: paths[0] ?? '' };
  return {
    name: 'manifests',
    environment,
    place,
    evaluation: evaluate(rules, [...found.keys()], resolveSettings(rules, configuration, environment), now),
    errors: [...manifests.problems, ...emptyError(manifests, paths)],
    notes: notesOf(manifests),
    placeOf: ({ object, path }) => {
      const one = object === undefined ? undefined : found.get(object);
      if (one === undefined || !('file' in one.object.source)) return place;
      return { file: one.object.source.file, line: one.lineOf(path) };
    },
  };
}

/** What finds nothing because it looks in the wrong place must not pass. */
function emptyError({ objects, problems }: Manifests, paths: readonly string[]): readonly TargetError[] {
  if (objects.length > 0 || problems.length > 0) return [];
  return paths.map((path) => ({ place: { file: path }, message: 'holds no Kubernetes object' }));
}

function notesOf({ files, others, links }: Manifests): readonly string[] {
  return [
    plural(files, 'file'),
    ...(others === 0 ? [] : [`${plural(others, 'document')} without a Kubernetes object`]),
    ...(links.length === 0 ? [] : [`not followed: ${plural(links.length, 'symbolic link')} (${links.join(', ')})`]),
  ];
}
