import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { Problem } from '../../rule.ts';
import { rulesOfRole, hasAny } from './roles.ts';

const reading = ['get', 'list', 'watch'];

/** Says which rules of a role let somebody read Secrets without saying which. @throws UnknownFieldError */
export function* secretReadingProblems(object: KubernetesObject, where: string): Iterable<Problem> {
  for (const { path, apiGroups, resources, verbs, isForNamed } of rulesOfRole(object)) {
    if (isForNamed || !hasAny(apiGroups, ['']) || !hasAny(resources, ['secrets']) || !hasAny(verbs, reading)) continue;
    const named = verbs.filter((verb) => verb === '*' || reading.includes(verb));
    yield {
      path,
      problem: `lets its subjects ${named.join(', ')} every Secret of ${where}: it must name them in resourceNames, or leave secrets out`,
      fix: 'resources: ["secrets"], resourceNames: ["NAME"], verbs: ["get"]',
    };
  }
}
