import { fileURLToPath } from 'node:url';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { allRules } from '../../../../policies/rules/allRules.ts';
import { PolicyConfigurationError } from '../../../policyConfiguration/configurationError.ts';
import { loadPolicyConfiguration } from '../../../policyConfiguration/loadPolicyConfiguration.ts';
import { isRecord } from '../../../values/isRecord.ts';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';

const checkout = fileURLToPath(new URL('../../../..', import.meta.url)).replace(/\/$/, '');
const sdk = '@pulumi/policy';

/** The policy pack that every update is held to is there, with the SDK that it was written for, and takes what `policy.yaml` says. */
export const policyPackLoads: Check = {
  id: 'policy-pack-loads',
  component: 'toolchain',
  title: 'the policy pack is there, and takes its configuration',
  run: async () => [
    ...(await Promise.all(['PulumiPolicy.yaml', 'index.js', 'pack.ts'].map(lookFor))),
    judgeSdk(await readText(['policies', 'package.json']), await readText(['node_modules', sdk, 'package.json'])),
    judgeConfiguration(checkout),
  ],
};

async function lookFor(file: string): Promise<Finding> {
  const subject = `policies/${file}`;
  const expected = 'there';
  try {
    await access(join(checkout, 'policies', file));
    return { outcome: 'ok', subject, expected, found: expected };
  } catch {
    const mend = 'take it from the repository again (`git checkout -- policies`)';
    return { outcome: 'failed', subject, expected, found: 'missing', mend };
  }
}

/** Judges the SDK that is installed by the one that the pack asks for; both as their package.json. */
export function judgeSdk(pack: string | undefined, installed: string | undefined): Finding {
  const dependencies = fieldOf(pack, 'dependencies');
  const wanted = isRecord(dependencies) ? dependencies[sdk] : undefined;
  const version = fieldOf(installed, 'version');
  const expected = typeof wanted === 'string' ? wanted : 'named in policies/package.json';
  // Pulumi's packages write their versions with a v.
  const found = typeof version === 'string' ? version.replace(/^v/, '') : 'not installed';
  if (found === expected) return { outcome: 'ok', subject: sdk, expected, found };
  return { outcome: 'failed', subject: sdk, expected, found, mend: 'install what package-lock.json names: `npm ci`' };
}

/** Judges the `policy.yaml` of a checkout, which need not be there. */
export function judgeConfiguration(directory: string): Finding {
  const subject = 'policy.yaml';
  const expected = `takes effect on the ${allRules.length} rules of the pack`;
  try {
    loadPolicyConfiguration(directory);
    return { outcome: 'ok', subject, expected, found: expected };
  } catch (error) {
    if (!(error instanceof PolicyConfigurationError)) throw error;
    const mend = 'mend it; `npm run policy -- rules` says what each rule takes';
    return { outcome: 'failed', subject, expected, found: error.message, mend };
  }
}

function fieldOf(json: string | undefined, field: string): unknown {
  const read: unknown = json === undefined ? undefined : JSON.parse(json);
  return isRecord(read) ? read[field] : undefined;
}

async function readText(path: readonly string[]): Promise<string | undefined> {
  return readFile(join(checkout, ...path), 'utf8').catch(() => undefined);
}
