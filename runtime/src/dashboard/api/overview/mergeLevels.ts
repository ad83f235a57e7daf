import type { InstancePart } from '../view.ts';
import { LEVELS, type PerformancePart, type ShownLevel } from './overviewSchema.ts';
import { LEVEL_SOURCES } from './readLevels.ts';

/** Of each level that of the instance on which it is highest now: a mean of all would hide the one that is full. */
export function mergeLevels(parts: readonly InstancePart<PerformancePart>[]): ShownLevel[] {
  return LEVELS.flatMap((key) => {
    const all = parts.flatMap(({ instance, part }) => {
      const level = part.levels.find((each) => each.key === key);
      return level === undefined ? [] : [{ ...level, instance: instance.id }];
    });
    const [highest] = all.sort((a, b) => b.recent - a.recent || (a.instance < b.instance ? -1 : 1));
    return highest === undefined ? [] : [{ ...highest, metric: LEVEL_SOURCES[key].metric, instances: all.length }];
  });
}
