import { environmentDefaults, type Environment, type EnvironmentDefaults } from './environments.ts';
import { profiles, type Profile, type ProfileDefaults } from './profiles.ts';

/** Everything that a key which is left out is made of. */
export interface StackDefaults {
  readonly environment: EnvironmentDefaults;
  readonly profile: ProfileDefaults;
}

/** The defaults of an environment, with the sizes of a profile. @param profile - Left out: the environment's own. */
export function stackDefaults(environment: Environment, profile?: Profile): StackDefaults {
  const defaults = environmentDefaults[environment];
  return { environment: defaults, profile: profiles[profile ?? defaults.profile] };
}
