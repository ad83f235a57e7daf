import { MASK } from '../../../core/secret.ts';
import { candidatesOf, OPTIONS } from './candidates.ts';
import type { ConfigurationReader } from './configurationReader.ts';
import { serviceVariables } from './kubernetesVariables.ts';
import { maskedText } from '../kinds/maskedText.ts';
import type { Environment } from '../kinds/reading.ts';
import type { SettingInForce } from '../settingInForce.ts';
import { ALL_SETTINGS } from '../settings/allSettings.ts';
import { variablesWithoutSetting } from './variablesWithoutSetting.ts';

/** What was given and is not used: something stronger was given too, or it is no setting. */
export function rowsNotInForce(reader: ConfigurationReader): readonly SettingInForce[] {
  const { environment } = reader.sources;
  return [...overruled(reader), ...setByKubernetes(environment), ...withoutSetting(environment)];
}

/** Stack outputs are left out: most of a stack's addresses are for others. */
function overruled(reader: ConfigurationReader): readonly SettingInForce[] {
  const { options, environment } = reader.sources;
  const seen = new Set<string>();
  return ALL_SETTINGS.flatMap((setting) =>
    candidatesOf(setting, { options, environment, stackOutputs: undefined }, { every: true }).flatMap((candidate) => {
      const { source, given, implied } = candidate;
      const key = source === OPTIONS ? setting.option : source;
      if (implied === true || seen.has(key) || reader.isUsed(setting, candidate)) return [];
      seen.add(key);
      const value = setting.secret === true ? MASK : maskedText(setting.option, given);
      return [{ option: setting.option, value, source, inForce: false }];
    }),
  );
}

function setByKubernetes(environment: Environment): readonly SettingInForce[] {
  return serviceVariables(environment).map(({ name, value }) => ({
    option: name,
    value: maskedText(name, value),
    source: 'ignored: set by Kubernetes',
    inForce: false,
  }));
}

/** Who knows what is in them. */
function withoutSetting(environment: Environment): readonly SettingInForce[] {
  return variablesWithoutSetting(environment).map(({ name, remedy }) => ({
    option: name,
    value: MASK,
    source: `ignored: no setting has this name${remedy === undefined ? '' : `; ${remedy}`}`,
    inForce: false,
  }));
}
