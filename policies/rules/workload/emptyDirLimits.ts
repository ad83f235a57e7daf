import { entries, field, fieldAt, isPresent, pairs } from '../../kubernetes/fields.ts';
import { parseQuantity } from '../../kubernetes/quantity.ts';
import { objectRule } from '../../rule.ts';
import { podWith } from '../exampleYaml.ts';
import { valueState } from '../valueState.ts';

/** Scratch volumes have an end. */
export const emptyDirLimits = objectRule({
  name: 'empty-dir-limits',
  asks: 'Every `emptyDir` volume has a size limit.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    "What a container writes into one fills the disk of its node, or with `medium: Memory` the node's memory, until other pods are evicted.",
  link: 'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
  passes: podWith('volumes: [{ name: scratch, emptyDir: { sizeLimit: 64Mi } }]'),
  fails: podWith('volumes: [{ name: scratch, emptyDir: {} }]'),
  *check({ workload }) {
    if (workload === undefined) return;
    for (const [index, volume] of entries(field(workload.podSpec, 'volumes')).entries()) {
      if (!isEmptyDir(volume)) continue;
      const limit = fieldAt(volume, 'emptyDir', 'sizeLimit');
      if ((parseQuantity(limit) ?? 0n) > 0n) continue;
      yield {
        path: `${workload.podPath}.volumes[${index}].emptyDir.sizeLimit`,
        problem: `${valueState(limit)}: it must be a Kubernetes quantity above zero`,
        fix: 'emptyDir: { sizeLimit: "64Mi" }',
      };
    }
  },
});

/** A volume of no other kind is one too: the API server fills it in. */
function isEmptyDir(volume: unknown): boolean {
  return (
    isPresent(field(volume, 'emptyDir')) || pairs(volume).every(([name, value]) => name === 'name' || !isPresent(value))
  );
}
