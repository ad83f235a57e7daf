import { entries, field, isRecord, isPresent } from '../../kubernetes/fields.ts';
import type { ContainerProblem } from '../../problems.ts';

/**
 * Says which of a pod's volumes have a source of a forbidden type (`hostPath`, `nfs`). A volume without a source is an `emptyDir`, as
 * the API server has it.
 * @param must - What is allowed, after "is set:".
 * @throws UnknownFieldError
 */
export function* forbiddenVolumes(
  podSpec: unknown,
  isForbidden: (type: string) => boolean,
  must: string,
): Iterable<ContainerProblem> {
  for (const [index, volume] of entries(field(podSpec, 'volumes')).entries()) {
    const types = isRecord(volume) ? Object.keys(volume).filter((name) => name !== 'name') : [];
    for (const type of types.filter(isForbidden).filter((name) => isPresent(field(volume, name))))
      yield {
        path: `volumes[${index}].${type}`,
        problem: `is set: ${must}`,
        fix: 'emptyDir: {} for what may be lost, persistentVolumeClaim: { claimName: "shop" } for what must stay',
      };
  }
}
