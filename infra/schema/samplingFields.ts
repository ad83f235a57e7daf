import * as z from 'zod';
import { isRecord } from './isRecord.ts';

/**
 * Smallest share above zero: OpenTelemetry's Go sampler takes two shares that are nearer to each other for the same one
 * (contrib `samplers/jaegerremote`), and the one for JavaScript, which counts in 32 bits, rounds 2.3e-10 down to nothing.
 */
const smallestShare = 1e-9;

/** Largest rate: a 16-bit field in the answer that agents give Thrift clients (Jaeger 1.50 `model/converter/thrift/jaeger`). */
const largestRate = 32_767;

/** Longest name: Elasticsearch indexes no longer one (Jaeger 1.50 `plugin/storage/es/mappings`, `ignore_above`). */
const longestName = 256;

/** No blank at either end, and nothing that cannot be seen. */
const visibleName = /^(?!\s)[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+(?<!\s)$/u;

interface Checked {
  readonly input?: unknown;
}

const sampleAll = 'write "probabilistic" with param 1';
const sampleNone = 'write "probabilistic" with param 0';
const wrongType = 'a number without quotes: Jaeger refuses the whole file, and says so only in its log';

// Each breach is one issue that aborts nothing, so that conflicts between entries are found beside it.

/** A share of traces; what Jaeger or a client library would make of another value is said. */
export function share() {
  const error = ({ input }: Checked) => shareMessage(input);
  return z
    .number({ error })
    .refine((value) => value === 0 || (value >= smallestShare && value <= 1), { error })
    .describe('Share of traces that is sampled: 0 to 1. Client libraries round less than 0.000000001 down to nothing.');
}

/** A rate of traces; what Jaeger or a client library would make of another value is said. */
export function rate() {
  const error = ({ input }: Checked) => rateMessage(input);
  return z
    .number({ error })
    .refine((value) => Number.isInteger(value) && value >= 1 && value <= largestRate, { error })
    .describe('Traces per second and process.');
}

/** A name that Jaeger compares letter by letter with what an application sends. */
export function tracedName(description: string) {
  const error = ({ input }: Checked) => nameMessage(input);
  return z
    .string({ error })
    .refine((value) => value.length <= longestName && visibleName.test(value), { error })
    .describe(description);
}

/**
 * What is wrong with the type of a strategy.
 *
 * @param strategy - The whole strategy, as it is written.
 */
export function typeMessage(strategy: unknown): string {
  if (!isRecord(strategy)) {
    const example = '{ type: probabilistic, param: 0.1 }';
    return `must be a mapping like ${example}: Jaeger samples 0.001 without one, and in a list its collectors crash on it`;
  }
  const { type } = strategy;
  const allowed = 'must be "probabilistic" or "ratelimiting"';
  const advice = typeAdvice(String(type));
  const reason = 'Jaeger turns any other type, and a missing one, into 0.001 without saying so';
  return `${allowed}: ${reason}${advice === undefined ? '' : `; ${advice}`}`;
}

/** What is wrong with the type of an operation's strategy. */
export function operationTypeMessage(type: unknown): string {
  const allowed = 'must be "probabilistic"';
  return type === 'ratelimiting'
    ? `${allowed}: Jaeger drops "ratelimiting" on an operation, which is then sampled as the rest of its service`
    : `${allowed}: Jaeger turns any other type, and a missing one, into 0.001 without saying so`;
}

function typeAdvice(type: string): string | undefined {
  const plain = type.toLowerCase().replaceAll(/[^a-z]/g, '');
  if (plain.startsWith('prob')) return 'write "probabilistic"';
  if (plain.startsWith('rate')) return 'write "ratelimiting"';
  if (plain === 'const') return 'write "probabilistic" with param 0 or 1';
  // Jaeger #3305.
  if (plain === 'adaptive') return 'its adaptive sampling does not work with Elasticsearch';
  return undefined;
}

function shareMessage(value: unknown): string {
  const allowed = 'must be a number from 0 to 1 (share of traces)';
  if (value === undefined) return `${allowed}: Jaeger takes 0, and samples nothing`;
  if (typeof value !== 'number') return `must be from 0 to 1 (share of traces), ${wrongType}`;
  if (Number.isNaN(value)) return allowed;
  if (value < 0) return `${allowed}: client libraries sample nothing, or keep what they had; write 0`;
  if (value <= 1)
    return `must be 0 or from 0.000000001 to 1 (share of traces): client libraries sample nothing; write 0`;
  const meant = value <= 100 ? `; write ${Number((value / 100).toPrecision(12))} for ${value} %` : '';
  return `${allowed}: client libraries sample everything, or keep what they had${meant}`;
}

function rateMessage(value: unknown): string {
  const allowed = `must be a whole number from 1 to ${largestRate} (traces per second and process)`;
  if (value === undefined) return `${allowed}: Jaeger takes 0`;
  if (typeof value !== 'number')
    return `must be from 1 to ${largestRate} (traces per second and process), ${wrongType}`;
  if (Number.isNaN(value)) return allowed;
  // Jaeger 1.50 `plugin/sampling/strategystore/static`: int32(param).
  if (value >= 2 ** 31) return `${allowed}: Jaeger makes -2147483648 of it; ${sampleAll}`;
  if (value > largestRate) return `${allowed}: agents answer older clients with an error; ${sampleAll}`;
  if (value < 0) return `${allowed}: client libraries fail, or sample nothing; ${sampleNone}`;
  if (value === 0)
    return `${allowed}: client libraries sample the first trace of each process all the same; ${sampleNone}`;
  return `${allowed}: Jaeger cuts ${value} to ${Math.trunc(value)}; write ${Math.ceil(value)}, or a share with "probabilistic"`;
}

function nameMessage(value: unknown): string {
  const allowed = `must be a name of 1 to ${longestName} visible characters, without blanks at its ends`;
  if (value === undefined) return `${allowed}: Jaeger takes the empty name, which no application has`;
  if (typeof value !== 'string')
    return `${allowed}, in quotes: Jaeger refuses the whole file, and says so only in its log`;
  if (value.length > longestName)
    return `${allowed}: Elasticsearch does not index a longer one, so that no trace would be found by it`;
  if (value.trim() === '') return `${allowed}: no application has such a name`;
  const trimmed = value.trim();
  if (visibleName.test(trimmed))
    return `${allowed}: Jaeger compares it letter by letter, and it never matches; write ${JSON.stringify(trimmed)}`;
  return `${allowed}: it has a character that cannot be seen, and never matches`;
}
