import { performanceProbe } from './performance/performanceProbe.ts';
import { simulateErrorsProbe } from './simulateErrors/simulateErrorsProbe.ts';
import type { Probe } from './probe.ts';

/** Every probe, in the order of reports: one line each, and one folder each. */
export const allProbes: readonly Probe[] = [performanceProbe, simulateErrorsProbe];
