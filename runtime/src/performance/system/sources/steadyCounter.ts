/**
 * A counter that is a sum over things that can vanish, such as disks: what a disk had counted goes with it. The counter
 * stands still then, instead of going back, which would be taken for a new start and all that is left for new.
 */
export class SteadyCounter {
  #last = 0;
  #offset = 0;

  /** The sum, of what was ever counted. */
  steady(sum: number): number {
    this.#offset += Math.max(0, this.#last - sum);
    this.#last = sum;
    return sum + this.#offset;
  }
}
