import { type Environment, EnvironmentError } from '../service/environment.ts';
import { FAILURE_NAMES, FailureChoiceError, type FailureName } from './failureName.ts';
import { FailureSwitches } from './failureSwitches.ts';
import { parseFailures } from './parseFailures.ts';

/**
 * The switches of a service, as `SHOP_FAILURES` says: `database-down,slow-dependency:0.2`. All services may be given the same:
 * each takes what is its own.
 *
 * @throws EnvironmentError for failures that there are not, and ratios that are none.
 */
export function readFailures(environment: Environment, names: readonly FailureName[]): FailureSwitches {
  const text = environment['SHOP_FAILURES'] ?? '';
  try {
    return new FailureSwitches({ names, ratios: parseFailures(text) });
  } catch (cause) {
    const why = cause instanceof FailureChoiceError ? `: ${cause.message}` : '';
    const allowed = `a list such as bug,timeout:0.2 of ${FAILURE_NAMES.join(', ')}${why}`;
    throw new EnvironmentError('SHOP_FAILURES', text, allowed, { cause });
  }
}
