import type { Context } from '@opentelemetry/api';
import type { SamplingResult } from '@opentelemetry/sdk-trace';
import type { RootSampler } from './rootSampler.ts';
import { NOT_SAMPLED, sampledBy } from './samplingResult.ts';

/** Where the lower 64 bits begin in the 32 digits of a trace ID, and the lower half of them. */
const UPPER_WORD = 16;
const LOWER_WORD = 24;
const DIGITS_PER_WORD = 8;
const SIGN_BIT_CLEARED = 0x7fff_ffff;

/**
 * Samples a share of traces by their ID: the same trace is decided in the same way in every process, and whoever samples
 * a larger share samples these traces too.
 *
 * The lower 63 bits of the trace ID are compared with the share of 2^63, bit by bit as in Jaeger's client for Go
 * (jaeger-client-go, sampler.go); that for Python agrees. OpenTelemetry's samplers agree with these in no language, nor
 * with each other: Go and Python compare all lower 64 bits, Java their absolute value, and JavaScript folds the whole ID
 * to 32 bits, which knows no share below 2^-32.
 */
export class ProbabilisticSampler implements RootSampler {
  /** Share of traces. */
  readonly ratio: number;
  /** The largest number that is sampled: its upper 31 bits, and its lower 32. */
  readonly #upperWordBound: number;
  readonly #lowerWordBound: number;
  readonly #sampled: SamplingResult;

  /** @param ratio - Share of traces, 0 to 1. */
  constructor(ratio: number) {
    this.ratio = ratio;
    const bound = ratio * 2 ** 31;
    const whole = Math.floor(bound);
    // Jaeger's clients sample the ID 0 of a share of 0; here none is none.
    this.#upperWordBound = ratio === 0 ? -1 : whole;
    this.#lowerWordBound = Math.floor((bound - whole) * 2 ** 32);
    this.#sampled = sampledBy('probabilistic', ratio);
  }

  shouldSample(_context: Context, traceId: string): SamplingResult {
    return this.#isWithin(traceId) ? this.#sampled : NOT_SAMPLED;
  }

  toString(): string {
    return `ProbabilisticSampler{${this.ratio}}`;
  }

  #isWithin(traceId: string): boolean {
    const upper = wordAt(traceId, UPPER_WORD) & SIGN_BIT_CLEARED;
    // Two words and not one BigInt: that would be allocated for every span, where one trace in 2^31 needs the second word.
    if (upper !== this.#upperWordBound) return upper < this.#upperWordBound;
    return wordAt(traceId, LOWER_WORD) >>> 0 <= this.#lowerWordBound;
  }
}

/** Eight hexadecimal digits as 32 bits. */
function wordAt(traceId: string, start: number): number {
  let word = 0;
  for (let at = start; at < start + DIGITS_PER_WORD; at += 1) {
    const code = traceId.charCodeAt(at);
    // '0' is 0x30, 'A' is 0x41, 'a' is 0x61. Without a condition: nobody can predict it, the digits are random.
    word = (word << 4) | ((code & 0xf) + 9 * (code >> 6));
  }
  return word;
}
