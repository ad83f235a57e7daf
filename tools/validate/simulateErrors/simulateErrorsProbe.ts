import type { Probe } from '../probe.ts';
import { simulateErrors } from './simulateErrors.ts';

/** `--simulate-errors`: the example fails in every way that is told apart. */
export const simulateErrorsProbe: Probe = {
  name: 'simulate-errors',
  description:
    'make the example fail for real, in every category and severity, and follow each error to group, metric, alert, page and trace (some two minutes); ' +
    'failures of it are switched on meanwhile, and what was provoked stays, resolved',
  component: 'runtime',
  run: simulateErrors,
};
