import type { ReportDetail } from '../console/phases.ts';
import type { StackEngine } from '../stack/stackEngine.ts';

/** A removal that took deletion protection away did not end. */
export class ProtectionOffError extends Error {
  override readonly name = 'ProtectionOffError';

  constructor(stack: string, cause: unknown) {
    super(
      `stack ${stack} was not removed completely, and its deletion protection is off until the next \`npm run up\` of it. ` +
        `Run this command again to remove the rest. Why it ended: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

export interface DestroyStackOptions {
  readonly engine: Pick<StackEngine, 'unprotect' | 'destroy'>;
  readonly stack: string;
  /** Whether its state protects anything; whoever calls this has been allowed to delete that. */
  readonly isProtected: boolean;
  readonly report: ReportDetail;
  readonly signal: AbortSignal;
}

/**
 * Deletes what a stack made, protected or not.
 * @throws ProtectionOffError when it fails or is interrupted after protection was taken away.
 */
export async function destroyStack(options: DestroyStackOptions): Promise<void> {
  const { engine, stack, isProtected, report, signal } = options;
  try {
    if (isProtected) await engine.unprotect();
    await engine.destroy(report);
  } catch (error) {
    if (!isProtected) throw error;
    throw new ProtectionOffError(stack, signal.aborted ? signal.reason : error);
  }
}
