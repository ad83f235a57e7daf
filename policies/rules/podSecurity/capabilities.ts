import { entries, fieldAt, shown } from '../../kubernetes/fields.ts';
import type { ContainerProblem } from '../../problems.ts';
import { alternatives } from './allowedValues.ts';

/**
 * Says which capabilities a container adds beside those that are allowed. A name counts as it is written, as the API server compares it:
 * neither `chown` nor `CAP_CHOWN` is `CHOWN`.
 * @throws UnknownFieldError
 */
export function* addedCapabilities(spec: unknown, allowed: readonly string[]): Iterable<ContainerProblem> {
  const added = entries(fieldAt(spec, 'securityContext', 'capabilities', 'add'));
  for (const [index, capability] of added.entries()) {
    if (allowed.some((name) => name === capability)) continue;
    yield {
      path: `securityContext.capabilities.add[${index}]`,
      problem: `is ${shown(capability)}: it must be ${alternatives(allowed)}, written like this`,
      fix: 'leave it out of securityContext.capabilities.add',
    };
  }
}
