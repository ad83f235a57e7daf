import type { Probe } from '../probe.ts';
import { measurePerformance } from './measurePerformance.ts';

/** `--performance`: loads that grow until something gives way. */
export const performanceProbe: Probe = {
  name: 'performance',
  description:
    'load the collectors and the example in growing steps until they or the machine say stop (some four minutes)',
  component: 'endpoints',
  run: (context) => measurePerformance({ ...context, nowMillis: Date.now }),
};
