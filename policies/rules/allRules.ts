import type { Rule } from '../rule.ts';
import { ruleGroups } from './ruleGroups.ts';

/** Every rule of the pack, in the order of their folders. */
export const allRules: readonly Rule[] = ruleGroups.flatMap(({ rules }) => rules);
