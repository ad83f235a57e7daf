import { field, fieldAt, isPresent, shown } from '../../kubernetes/fields.ts';
import type { ContainerProblem } from '../../problems.ts';

/** The profiles that a `securityContext` can name. */
export type ProfileField = 'seccompProfile' | 'appArmorProfile';

const allowed: readonly unknown[] = ['RuntimeDefault', 'Localhost'];

/**
 * Says where a pod or a container has a profile of another type than those that confine.
 * @param spec - The pod's `spec` or the container.
 * @throws UnknownFieldError
 */
export function* looseProfiles(spec: unknown, name: ProfileField): Iterable<ContainerProblem> {
  const profile = fieldAt(spec, 'securityContext', name);
  if (!isPresent(profile)) return;
  const type = field(profile, 'type');
  if (allowed.includes(type)) return;
  yield {
    path: `securityContext.${name}.type`,
    problem: `is ${shown(type)}: it must be "RuntimeDefault" or "Localhost"`,
    fix: profileFix(name),
  };
}

/** A profile that is right for nearly everybody. */
export function profileFix(name: ProfileField): string {
  return `securityContext: { ${name}: { type: "RuntimeDefault" } }`;
}
