import type { Rule } from '../../rule.ts';
import { hpaReplicas } from './hpaReplicas.ts';

/** Rules about objects that belong together. */
export const stackRules: readonly Rule[] = [hpaReplicas];
