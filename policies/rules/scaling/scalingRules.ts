import type { Rule } from '../../rule.ts';
import { hpaBounds } from './hpaBounds.ts';
import { hpaMetrics } from './hpaMetrics.ts';
import { hpaUtilization } from './hpaUtilization.ts';
import { pdbUnhealthyEviction } from './pdbUnhealthyEviction.ts';
import { pdbValues } from './pdbValues.ts';

/** Rules about autoscalers and disruption budgets, each by itself. */
export const scalingRules: readonly Rule[] = [hpaBounds, hpaMetrics, hpaUtilization, pdbValues, pdbUnhealthyEviction];
