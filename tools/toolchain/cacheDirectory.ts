import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

import type { Environment } from './part.ts';

/**
 * Where the toolchain keeps its parts: `$XDG_CACHE_HOME/tracewright`, by default `~/.cache/tracewright`. A relative
 * XDG_CACHE_HOME is ignored, as the XDG base directory specification demands.
 */
export function defaultCacheDirectory(environment: Environment): string {
  const configured = environment['XDG_CACHE_HOME'];
  if (configured !== undefined && isAbsolute(configured)) return join(configured, 'tracewright');
  return join(environment['HOME'] ?? homedir(), '.cache', 'tracewright');
}
