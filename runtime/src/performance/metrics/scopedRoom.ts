import { INSTRUMENTATION_SCOPE } from '../../core/instrumentationScope.ts';
import type { MetricScope } from './metricSnapshot.ts';

/** Several times as many metrics as this package has of its own. */
export const MAX_OWN_METRICS = 500;

type Owner = 'application' | 'own';

/** Room for the application, and some beside it for what this package measures itself: neither takes that of the other. */
export class ScopedRoom {
  readonly #limits: Readonly<Record<Owner, number>>;
  readonly #taken: Record<Owner, number> = { application: 0, own: 0 };

  /** @param limits - how much there is for each */
  constructor(limits: Readonly<Record<Owner, number>>) {
    this.#limits = limits;
  }

  /** How much there is for who has this scope. */
  limitOf(scope: MetricScope): number {
    return this.#limits[ownerOf(scope)];
  }

  /** @returns whether there was room */
  take(scope: MetricScope): boolean {
    const owner = ownerOf(scope);
    if (this.#taken[owner] >= this.#limits[owner]) return false;
    this.#taken[owner] += 1;
    return true;
  }

  /** Gives back what was taken. */
  release(scope: MetricScope): void {
    this.#taken[ownerOf(scope)] -= 1;
  }
}

function ownerOf({ name }: MetricScope): Owner {
  return name === INSTRUMENTATION_SCOPE ? 'own' : 'application';
}
