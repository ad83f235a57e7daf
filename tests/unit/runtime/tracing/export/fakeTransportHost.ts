import type { TransportHost } from '../../../../../runtime/src/tracing/export/transportHost.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';

/** A process whose clock a test drives. Its random number is always the lowest, so that every wait is half of its range. */
export class FakeTransportHost extends FakeHost implements TransportHost {
  readonly random = (): number => 0;

  /** A test may put its own in the place. */
  pause: TransportHost['pause'] = () => Promise.resolve();

  /** Moves the clock step by step, and lets what waits go on after each. */
  async pass(millis: number, stepMillis = 50): Promise<void> {
    await untilNothingMoves();
    for (let passed = 0; passed < millis; passed += stepMillis) {
      this.advance(Math.min(stepMillis, millis - passed));
      await untilNothingMoves();
    }
  }
}

/** Lets promises that are settled run their continuations, and those theirs. */
export async function untilNothingMoves(): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
}
