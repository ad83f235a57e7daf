import type { Environment } from './kinds/reading.ts';
import { variablesWithoutSetting } from './readers/variablesWithoutSetting.ts';
import { DISABLED } from './settings/resourceSettings.ts';
import { variablesOf } from './settings/setting.ts';

/**
 * What is to be warned of in an environment that is no reason to refuse it: variables with our prefix that no setting
 * has, and switches that are neither true nor false, which OpenTelemetry wants taken for false. A sentence each, with
 * names and without values: nobody knows what is in them.
 */
export function unknownVariables(environment: Environment): readonly string[] {
  const unknown = variablesWithoutSetting(environment).map(
    ({ name, remedy }) => `${name} is ignored: no setting has this name${remedy === undefined ? '' : `; ${remedy}`}`,
  );
  const unclear = variablesOf(DISABLED)
    .filter(({ name }) => !/^(?:true|false)?$/i.test(environment[name]?.trim() ?? ''))
    .map(({ name }) => `${name} is neither true nor false, and taken for false`);
  return [...unknown, ...unclear];
}
