import type { NumberPoint } from '../metrics/metricSnapshot.ts';
import { Distribution } from './distribution.ts';

/** What a counter said last, to tell by how much it has grown. */
export class CounterBaseline {
  #value = 0;
  #startWallMillis = 0;
  #isKnown = false;

  /** What it takes in memory. */
  readonly bytes = 64;

  /**
   * The increase since the last time. A counter that starts anew, which shows in its start or in a lower value, has grown
   * by all that it has.
   *
   * @param isNew - whether a counter that was not known before has grown from zero; otherwise nobody knows from where
   * @returns `undefined` where the increase is not known
   */
  increase({ value, startWallMillis }: NumberPoint, isNew: boolean): Distribution | undefined {
    const isKnown = this.#isKnown;
    const isReset = value < this.#value || startWallMillis > this.#startWallMillis;
    const before = isKnown && !isReset ? this.#value : 0;
    this.#value = value;
    this.#startWallMillis = startWallMillis;
    this.#isKnown = true;
    return isKnown || isNew ? Distribution.of(value - before) : undefined;
  }
}
