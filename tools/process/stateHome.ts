import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * The directory for state that outlives a restart, by the XDG Base Directory Specification 0.8: `XDG_STATE_HOME`, which
 * counts as unset when it is empty or relative, otherwise `.local/state` in the environment's HOME or, without one, in
 * the user's home directory.
 */
export function stateHome(environment: NodeJS.ProcessEnv): string {
  const configured = environment['XDG_STATE_HOME'] ?? '';
  if (isAbsolute(configured)) return configured;
  const home = environment['HOME'] ?? '';
  return join(isAbsolute(home) ? home : homedir(), '.local', 'state');
}
