import type { Probe } from '../probe.ts';
import { measurePerformance } from './measurePerformance.ts';

/** `--performance`: loads that grow until something gives way. */
export const performanceProbe: Probe = {
  name: 'performance',
  description:
    'load the collectors and the example in growing steps until they or the machine say stop (some four minutes); ' +
    'its spans stay as long as the storage keeps spans, and its orders in the database of the example',
  component: 'endpoints',
  run: (context) => measurePerformance({ ...context, nowMillis: Date.now }),
};
