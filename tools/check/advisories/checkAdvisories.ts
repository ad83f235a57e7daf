import { execa } from 'execa';
import type { CheckResult } from '../check.ts';
import { readLockedPackages } from '../lockedPackages.ts';
import { acceptedAdvisories } from './acceptedAdvisories.ts';
import { parseAuditReport, type AuditAnswer } from './auditReport.ts';
import { judgeAdvisories } from './judgeAdvisories.ts';

/** How long npm may take, all its attempts together. */
const timeoutMillis = 60_000;

/**
 * Asks the registry that npm is configured with for advisories on everything that a checkout has locked, what is published
 * and what is for development.
 * @param environment - Variables beside those of the process; npm takes its settings from `npm_config_*`.
 * @throws Error when npm cannot be run, or prints what nobody can read.
 */
export async function checkAdvisories(
  checkout: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<CheckResult> {
  return judgeAdvisories({
    answer: await askRegistry(checkout, environment),
    packages: readLockedPackages(checkout),
    accepted: acceptedAdvisories,
    today: new Date().toISOString().slice(0, 'yyyy-mm-dd'.length),
  });
}

async function askRegistry(checkout: string, environment: Readonly<Record<string, string>>): Promise<AuditAnswer> {
  // From the lock file alone: what is installed is that, and what npm left out for this system is in it too.
  const options = ['--json', '--package-lock-only', '--fetch-retries=1', '--fetch-timeout=20000'];
  const run = await execa('npm', ['audit', ...options], {
    cwd: checkout,
    env: environment,
    reject: false,
    stdin: 'ignore',
    timeout: timeoutMillis,
  });
  if (run.timedOut) return { unanswered: `npm had no answer within ${timeoutMillis / 1000} s` };
  if (run.code === 'ENOENT') throw new Error('npm could not be started: is it on PATH?', { cause: run });
  return parseAuditReport(run.stdout);
}
