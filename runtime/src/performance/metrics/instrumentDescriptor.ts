import { type MetricOptions, ValueType } from '@opentelemetry/api';
import { ownText } from '../../core/ownText.ts';
import type { MetricKind, MetricScope } from './metricSnapshot.ts';

/** Who gives the values: whoever measures; callbacks that are asked at each collection; rounds of readings. */
export type MetricOrigin = 'measured' | 'observed' | 'read';

/** What a metric is, before it has values. */
export interface InstrumentDescriptor {
  readonly scope: MetricScope;
  readonly name: string;
  readonly kind: MetricKind;
  readonly origin: MetricOrigin;
  readonly unit: string;
  readonly description: string;
  /** Fractions are cut off, as OpenTelemetry's SDK does for `ValueType.INT`. */
  readonly isInteger: boolean;
}

/** OpenTelemetry's syntax of the names of instruments. */
const NAME = /^[a-z][a-z0-9_.\-/]{0,254}$/i;
/** The longest unit that OpenTelemetry allows. */
const MAX_UNIT_LENGTH = 63;
const MAX_DESCRIPTION_LENGTH = 1024;
const MAX_SCOPE_LENGTH = 255;

/** Whether it is what OpenTelemetry allows an instrument to be called. */
export function isInstrumentName(name: unknown): name is string {
  return typeof name === 'string' && NAME.test(name);
}

/** A scope whose texts are bounded and keep nothing else alive. What is no text is an empty one. */
export function keptScope(name: unknown, version: unknown): MetricScope {
  const keptVersion = textOf(version, MAX_SCOPE_LENGTH);
  return { name: textOf(name, MAX_SCOPE_LENGTH), ...(keptVersion !== '' && { version: keptVersion }) };
}

/** The parts of a descriptor that come from the options of an instrument. What is not of its kind counts as not given. */
export function describedBy(
  options: MetricOptions | undefined,
): Pick<InstrumentDescriptor, 'unit' | 'description' | 'isInteger'> {
  return {
    unit: textOf(options?.unit, MAX_UNIT_LENGTH),
    description: textOf(options?.description, MAX_DESCRIPTION_LENGTH),
    isInteger: options?.valueType === ValueType.INT,
  };
}

function textOf(value: unknown, maxLength: number): string {
  return typeof value === 'string' ? ownText(value, maxLength) : '';
}
