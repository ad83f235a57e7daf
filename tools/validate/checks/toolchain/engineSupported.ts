import { satisfies } from 'semver';
import { pulumiSupportedRange } from '../../../toolchain/pins.ts';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';

/** The engine that drives the stack is of a version that this program was tried with. */
export const engineSupported: Check = {
  id: 'engine-supported',
  component: 'toolchain',
  title: "Pulumi's engine is of a supported version",
  run: async ({ deployment }) => [judgeEngine(await deployment.engineVersion())],
};

/** Judges a version as the CLI says it, without its `v`. */
export function judgeEngine(version: string): Finding {
  const subject = 'Pulumi CLI';
  const found = version === '' ? 'it does not say its version' : version;
  if (satisfies(version, pulumiSupportedRange, { includePrerelease: true }))
    return { outcome: 'ok', subject, expected: pulumiSupportedRange, found };
  const mend = 'install a version in that range, or take the CLI off PATH: then the pinned one is built';
  return { outcome: 'failed', subject, expected: pulumiSupportedRange, found, mend };
}
