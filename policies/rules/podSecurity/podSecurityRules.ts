import type { Rule } from '../../rule.ts';
import { hostPorts } from './hostPorts.ts';

/** The Pod Security Standards "baseline" and "restricted", a rule for each of their controls. */
export const podSecurityRules: readonly Rule[] = [hostPorts];
