import { join } from 'node:path';
import { allRules } from '../../policies/rules/allRules.ts';
import { readTextIfPresent } from '../process/privateFiles.ts';
import { PolicyConfigurationError } from './configurationError.ts';
import { noConfiguration, readPolicyConfiguration, type ReadConfiguration } from './readPolicyConfiguration.ts';

/** The file beside `Pulumi.yaml` that configures the policies of a checkout. */
const policyFileName = 'policy.yaml';

/**
 * The configuration of policies for a checkout.
 *
 * @param given - Another file than the checkout's own, which need not be there.
 * @throws PolicyConfigurationError
 */
export function loadPolicyConfiguration(checkout: string, given?: string): ReadConfiguration {
  const text = readText(given ?? join(checkout, policyFileName), given ?? policyFileName);
  if (text !== undefined) return readPolicyConfiguration(text, given ?? policyFileName, allRules);
  if (given === undefined) return noConfiguration;
  throw new PolicyConfigurationError([{ file: given, line: 1, message: 'there is no such file' }]);
}

function readText(path: string, file: string): string | undefined {
  try {
    return readTextIfPresent(path);
  } catch (error) {
    const message = `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    throw new PolicyConfigurationError([{ file, line: 1, message }]);
  }
}
