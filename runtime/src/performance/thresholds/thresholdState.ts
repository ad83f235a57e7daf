import type { Threshold } from './threshold.ts';

/** A change of a threshold's state. */
export interface ThresholdChange {
  readonly state: 'raised' | 'cleared';
  readonly forMillis: number;
}

/** Follows one series against a threshold. */
export class ThresholdState {
  readonly #threshold: Threshold;
  #beyondSinceMillis: number | undefined;
  #raisedSinceMillis: number | undefined;

  constructor(threshold: Threshold) {
    this.#threshold = threshold;
  }

  get isRaised(): boolean {
    return this.#raisedSinceMillis !== undefined;
  }

  /** Looks at a value. What is not known changes nothing: a gap neither raises nor clears. */
  see(value: number | undefined, nowMillis: number): ThresholdChange | undefined {
    if (value === undefined || Number.isNaN(value)) return undefined;
    return this.#raisedSinceMillis === undefined
      ? this.#seeWhileCleared(value, nowMillis)
      : this.#seeWhileRaised(value, nowMillis, this.#raisedSinceMillis);
  }

  /** What it looks at is gone: there is nothing that could clear it any more. */
  end(nowMillis: number): ThresholdChange | undefined {
    const sinceMillis = this.#raisedSinceMillis;
    this.#raisedSinceMillis = undefined;
    this.#beyondSinceMillis = undefined;
    return sinceMillis === undefined ? undefined : { state: 'cleared', forMillis: nowMillis - sinceMillis };
  }

  #seeWhileCleared(value: number, nowMillis: number): ThresholdChange | undefined {
    if (!isBeyond(value, this.#threshold)) {
      this.#beyondSinceMillis = undefined;
      return undefined;
    }
    this.#beyondSinceMillis ??= nowMillis;
    const forMillis = nowMillis - this.#beyondSinceMillis;
    if (forMillis < (this.#threshold.forMillis ?? 0)) return undefined;
    this.#raisedSinceMillis = nowMillis;
    return { state: 'raised', forMillis };
  }

  #seeWhileRaised(value: number, nowMillis: number, sinceMillis: number): ThresholdChange | undefined {
    if (!isClear(value, this.#threshold)) return undefined;
    this.#raisedSinceMillis = undefined;
    this.#beyondSinceMillis = undefined;
    return { state: 'cleared', forMillis: nowMillis - sinceMillis };
  }
}

function isBeyond(value: number, { above, below }: Threshold): boolean {
  return above !== undefined ? value > above : below !== undefined && value < below;
}

/** At `clearAt` itself it is clear; without one, where it is not beyond the limit any more. */
function isClear(value: number, { above, below, clearAt }: Threshold): boolean {
  return above !== undefined ? value <= (clearAt ?? above) : value >= (clearAt ?? below ?? Number.NEGATIVE_INFINITY);
}
