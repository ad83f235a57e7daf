import type { FailureName } from './failureName.ts';
import type { FailureRatios } from './parseFailures.ts';

/** What a `FailureSwitches` is made of. */
export interface FailureSwitchesOptions {
  /** The failures of this service. */
  readonly names: readonly FailureName[];
  /** How often they strike from the beginning; those of other services are left out. @defaultValue never */
  readonly ratios?: FailureRatios;
  /** A number from 0 to less than 1. @defaultValue Math.random */
  readonly random?: () => number;
}

/** Which failures of a service strike, and how often. All are off until somebody switches them on. */
export class FailureSwitches {
  /** The failures of this service. */
  readonly names: readonly FailureName[];
  readonly #ratios = new Map<FailureName, number>();
  readonly #random: () => number;

  constructor({ names, ratios, random = Math.random }: FailureSwitchesOptions) {
    this.names = names;
    this.#random = random;
    for (const name of names) this.#ratios.set(name, ratios?.get(name) ?? 0);
  }

  /** @param ratio - 0 for never, 1 for always */
  set(name: FailureName, ratio: number): void {
    this.#ratios.set(name, ratio);
  }

  /** Whether the failure strikes this time. */
  strikes(name: FailureName): boolean {
    const ratio = this.#ratios.get(name) ?? 0;
    return ratio > 0 && this.#random() < ratio;
  }

  /** Every failure of the service with its ratio. */
  ratios(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#ratios);
  }
}
