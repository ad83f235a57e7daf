import { toError } from '../values/toError.ts';

/** What a check found. */
export interface CheckResult {
  /** What is wrong, line by line; empty when the check passes. */
  readonly problems: readonly string[];
  /** What the check could not look at, and why: told, never counted as fine, and no fault of the change that is checked. */
  readonly unchecked: readonly string[];
}

/** One part of `npm run check`. */
export interface Check {
  /** As it is printed. */
  readonly name: string;
  readonly run: () => Promise<CheckResult>;
}

/** Runs a check. What it throws is a problem of its own, and takes no other's result with it. */
export async function runCheck({ run }: Check): Promise<CheckResult> {
  try {
    return await run();
  } catch (error) {
    return {
      problems: [`it could not be made: ${toError(error).message}`],
      unchecked: [],
    };
  }
}

/** The word that a result is printed with. */
export function wordFor({ problems, unchecked }: CheckResult): 'ok' | 'FAILED' | 'UNCHECKED' {
  if (problems.length > 0) return 'FAILED';
  return unchecked.length > 0 ? 'UNCHECKED' : 'ok';
}
