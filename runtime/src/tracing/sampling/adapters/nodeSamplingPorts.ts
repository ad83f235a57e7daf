import { random } from '../../../core/adapters/random.ts';
import type { HostProcess } from '../../../core/hostProcess.ts';
import type { SamplingPorts } from '../samplingPorts.ts';
import { httpGet } from './httpGet.ts';

/** What samplers need from outside: the clock and timers of `host`, and real random numbers and HTTP. */
export function nodeSamplingPorts({
  monotonicMillis,
  schedule,
}: Pick<HostProcess, 'monotonicMillis' | 'schedule'>): SamplingPorts {
  return { monotonicMillis, schedule, random, httpGet };
}
