import { delimiter, join } from 'node:path';

import type { Environment, InstalledPart, PartName } from './part.ts';
import { partsOf } from './parts.ts';

/** The Pulumi engine to use. */
export interface Engine {
  /** Absolute path of the CLI. */
  readonly command: string;
  /** What to set over the environment when running it; empty for the user's own, which is left exactly as it is. */
  readonly environment: Readonly<Record<string, string>>;
  /** Whether it is built by the toolchain: then its backend, login and plugins are ours to decide too. */
  readonly own: boolean;
}

/**
 * How to run the engine of the installed parts.
 *
 * @throws Error when `installed` lacks one of `partsOf('engine')`
 */
export function resolveEngine(installed: readonly InstalledPart[], environment: Environment): Engine {
  const parts = partsOf('engine').map((name) => findPart(installed, name));
  const cli = findPart(installed, 'pulumi');
  const command = join(cli.directory, 'pulumi');
  if (cli.origin === 'path') return { command, environment: {}, own: false };
  const path = [...parts.map((part) => part.directory), environment['PATH'] ?? ''].join(delimiter);
  return {
    command,
    // The engine finds its plugins on PATH and must not look for newer ones or for itself on the network.
    environment: {
      PATH: path,
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
      PULUMI_SKIP_UPDATE_CHECK: 'true',
    },
    own: true,
  };
}

function findPart(installed: readonly InstalledPart[], name: PartName): InstalledPart {
  const part = installed.find((candidate) => candidate.name === name);
  if (part === undefined)
    throw new Error(`the engine lacks its part ${name}: ask startToolchain for ${partsOf('engine').join(', ')}`);
  return part;
}
