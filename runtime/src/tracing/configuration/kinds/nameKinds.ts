import type { PropagatorName } from '../../context/propagatorName.ts';
import { INSTRUMENTATION_NAMES, isInstrumentationName } from '../../instrumentation/instrumentationName.ts';
import { suggestion } from './closestName.ts';
import { refuse, take, type TextKind } from './reading.ts';
import { type ItemKind, list, names } from './valueKinds.ts';

const JAEGER_NAMES = ['jaeger', 'b3', 'w3c'] as const;

const JAEGER_MEANINGS: Readonly<Record<(typeof JAEGER_NAMES)[number], readonly PropagatorName[]>> = {
  jaeger: ['jaeger'],
  // Jaeger's clients write B3 as several headers.
  b3: ['b3multi'],
  w3c: ['tracecontext', 'baggage'],
};

/** Propagators by the names that Jaeger's clients give them. */
export const JAEGER_PROPAGATION: TextKind<readonly PropagatorName[]> = {
  allowed: `any of ${JAEGER_NAMES.join(', ')}`,
  fromText: (text, environment) => {
    const reading = list(names(JAEGER_NAMES)).fromText(text, environment);
    return reading.taken ? take(reading.value.flatMap((name) => JAEGER_MEANINGS[name])) : reading;
  },
};

// With a scope, or of several words.
const PACKAGE_NAME = /^(?:@[\w.~-]+\/[\w.~-]+|[\w.~]+-[\w.~-]+)$/;

/**
 * A library that the runtime knows, or a package. One word that is no known library is refused: most are misspelt, and
 * packages with an instrumentation have longer names.
 */
export const INSTRUMENTATION: ItemKind<string> = {
  allowed: `any of ${INSTRUMENTATION_NAMES.join(', ')}, or the name of a package with an OpenTelemetry instrumentation`,
  read: (item) => {
    if (isInstrumentationName(item)) return take(item);
    const meant = suggestion(item, INSTRUMENTATION_NAMES);
    return meant.remedy === undefined && PACKAGE_NAME.test(item) ? take(item) : refuse(meant);
  },
};
