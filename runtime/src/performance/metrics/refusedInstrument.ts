import type { BindableHistogram } from './histogramMetric.ts';
import type { BindableCounter } from './measuredNumbers.ts';

const nothing = (): void => undefined;
const BOUND = Object.freeze({ add: nothing, record: nothing });

/** An instrument of any kind that counts nothing. */
export const REFUSED_INSTRUMENT: BindableCounter & BindableHistogram = Object.freeze({
  ...BOUND,
  bind: () => BOUND,
});
