import { suggestion } from '../../../core/closestName.ts';
import type { Environment } from '../kinds/reading.ts';
import { ALL_SETTINGS } from '../settings/allSettings.ts';
import { variablesOf } from '../settings/setting.ts';
import { isServiceVariable } from './kubernetesVariables.ts';

const OUR_PREFIX = 'TRACEWRIGHT_';

/** Variables with our own prefix that no setting has: misspelt, or meant for another program of the project. */
export function variablesWithoutSetting(
  environment: Environment,
): readonly { readonly name: string; readonly remedy?: string }[] {
  const known = ALL_SETTINGS.flatMap((setting) => variablesOf(setting).map(({ name }) => name));
  return Object.entries(environment)
    .filter(
      ([name, value = '']) => name.startsWith(OUR_PREFIX) && !known.includes(name) && !isServiceVariable(name, value),
    )
    .map(([name]) => ({ name, ...suggestion(name, known) }));
}
