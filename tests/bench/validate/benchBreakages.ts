import type { KubeConfig } from '@kubernetes/client-node';
import { waitForWorkloads } from '../../../tools/kube/waitForRollout.ts';
import { breakages, type Breakage, type BrokenStack } from './breakages.ts';
import { validateStack, type ValidatedStack, type ValidateReport } from './validateStack.ts';

/** What is broken, and where. */
export interface BreakagesOptions {
  readonly kube: KubeConfig;
  readonly stacks: Readonly<Record<BrokenStack, ValidatedStack>>;
  readonly report: (text: string) => void;
}

const SETTLE_SECONDS = 180;

/**
 * Applies the breakages one at a time, has each examined, and undoes it.
 * @returns the names of those that were not named rightly
 */
export async function benchBreakages({ kube, stacks, report }: BreakagesOptions): Promise<readonly string[]> {
  const missed: string[] = [];
  for (const breakage of breakages) {
    const stack = stacks[breakage.stack];
    const found = await whileBroken(kube, stack, breakage);
    const named = isNamed(breakage, stack, found);
    report(`${breakage.name}: ${named ? 'named' : 'not named'}`);
    if (!named) missed.push(breakage.name);
  }
  return missed;
}

async function whileBroken(kube: KubeConfig, stack: ValidatedStack, { apply }: Breakage): Promise<ValidateReport> {
  const undo = await apply(kube, stack.namespace);
  try {
    return await validateStack(stack, []);
  } finally {
    await undo();
    // What is broken next is to be the only thing that is.
    await waitForWorkloads(kube, stack.namespace, SETTLE_SECONDS, () => undefined);
  }
}

/** Whether one of the checks that must has said that this very object has failed. */
function isNamed({ checks, subject }: Breakage, { namespace }: ValidatedStack, { results }: ValidateReport): boolean {
  return results
    .filter(({ check }) => checks.includes(check))
    .some(({ findings }) => findings.some((each) => each.outcome === 'failed' && each.subject === subject(namespace)));
}
