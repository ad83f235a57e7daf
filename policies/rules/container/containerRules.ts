import type { Rule } from '../../rule.ts';
import { containerResources } from './containerResources.ts';
import { containerProbes } from './containerProbes.ts';

/** Rules about containers. */
export const containerRules: readonly Rule[] = [containerResources, containerProbes];
