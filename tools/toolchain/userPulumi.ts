import { execa } from 'execa';
import { parse, satisfies } from 'semver';

import { findOnPath } from './findOnPath.ts';
import type { Environment } from './part.ts';
import { pulumiSupportedRange } from './pins.ts';
import { UnsupportedPulumiError } from './unsupportedPulumiError.ts';

/** A Pulumi CLI that the user has installed. */
export interface UserPulumi {
  /** Absolute path of the command. */
  readonly command: string;
  /** As the CLI says it, such as `v3.160.0`. */
  readonly version: string;
}

/**
 * The user's own Pulumi CLI, which always wins over a built one; `undefined` without one. One in our own cache, which a
 * caller may have put on PATH, does not count.
 *
 * @throws UnsupportedPulumiError
 */
export async function findUserPulumi(
  environment: Environment,
  cacheDirectory: string,
): Promise<UserPulumi | undefined> {
  const command = await findOnPath('pulumi', environment, cacheDirectory);
  if (command === undefined) return undefined;
  const result = await execa(command, ['version'], {
    // Only this question must not wait for the network; the CLI's own runs keep the user's settings.
    env: { ...environment, PULUMI_SKIP_UPDATE_CHECK: 'true' },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    timeout: 30_000,
  });
  const version = parse(result.stdout.trim());
  if (result.failed || version === null) {
    throw new UnsupportedPulumiError(
      command,
      `unknown (${firstLine(result.stderr) || 'no answer to "pulumi version"'})`,
      pulumiSupportedRange,
    );
  }
  if (!satisfies(version, pulumiSupportedRange, { includePrerelease: true })) {
    throw new UnsupportedPulumiError(command, version.version, pulumiSupportedRange);
  }
  return { command, version: `v${version.version}` };
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
