import type { KubeConfig } from '@kubernetes/client-node';
import type { Breakage, BrokenStack } from '../../support/validate/breakages.ts';
import { findingsIn, type ValidatedStack, type ValidateReport } from '../../support/validate/validateStack.ts';

/** What is broken, and where. */
export interface BreakagesOptions {
  readonly kube: KubeConfig;
  readonly breakages: readonly Breakage[];
  readonly stacks: Readonly<Record<BrokenStack, ValidatedStack>>;
  readonly validate: (stack: ValidatedStack) => Promise<ValidateReport>;
  readonly report: (text: string) => void;
}

/** How often a stack is validated until it is sound; each takes seconds, and pods that start anew a minute. */
const MOST_TRIES = 30;

/**
 * Applies the breakages one at a time, each on a stack in which nothing has failed, has it examined, and undoes it.
 * @returns the names of those that were not named rightly
 * @throws Error when a stack is not sound before anything is broken, or not again after it was mended
 */
export async function benchBreakages(options: BreakagesOptions): Promise<readonly string[]> {
  const { breakages, stacks, report } = options;
  for (const stack of Object.values(stacks)) await untilSound(options, stack);
  const missed: string[] = [];
  for (const breakage of breakages) {
    const stack = stacks[breakage.stack];
    const found = await whileBroken(options, stack, breakage);
    const named = isNamed(breakage, stack, found);
    report(`${breakage.name}: ${named ? 'named' : 'not named'}`);
    if (!named) missed.push(breakage.name);
    // What is broken next is to be the only thing that is.
    await untilSound(options, stack);
  }
  return missed;
}

async function whileBroken(
  { kube, validate }: BreakagesOptions,
  stack: ValidatedStack,
  { apply }: Breakage,
): Promise<ValidateReport> {
  const undo = await apply(kube, stack.namespace);
  try {
    return await validate(stack);
  } finally {
    await undo();
  }
}

async function untilSound({ validate }: BreakagesOptions, stack: ValidatedStack): Promise<void> {
  let failed: readonly string[] = [];
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    failed = findingsIn(await validate(stack), 'failed');
    if (failed.length === 0) return;
  }
  throw new Error(`the stack ${stack.name} is not sound while nothing is broken: ${failed.join('; ')}`);
}

/** Whether one of the checks that must has said that this very object has failed. */
function isNamed({ checks, subject }: Breakage, { namespace }: ValidatedStack, { results }: ValidateReport): boolean {
  return results
    .filter(({ check }) => checks.includes(check))
    .some(({ findings }) => findings.some((each) => each.outcome === 'failed' && each.subject === subject(namespace)));
}
