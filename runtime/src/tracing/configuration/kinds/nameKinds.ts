import type { PropagatorName } from '../../context/propagatorName.ts';
import { INSTRUMENTATION_NAMES, isInstrumentationName } from '../../instrumentation/instrumentationName.ts';
import { isPackageName } from '../../instrumentation/isPackageName.ts';
import { suggestion } from '../../../core/closestName.ts';
import { type Reading, refuse, take, type TextKind, type ValueKind } from './reading.ts';
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

/** What stands in a list of instrumentations for all that the runtime knows. */
const DEFAULT_NAME = 'default';

const INSTRUMENTATION: ItemKind<string> = {
  allowed:
    `any of ${INSTRUMENTATION_NAMES.join(', ')}, ${DEFAULT_NAME} for all of these, or the name of a library or a ` +
    'package with an OpenTelemetry instrumentation',
  read: (item) => {
    if (item === DEFAULT_NAME || isInstrumentationName(item)) return take(item);
    const meant = mayBeMisspelt(item) ? suggestion(item, [...INSTRUMENTATION_NAMES, DEFAULT_NAME]) : {};
    return meant.remedy === undefined && isPackageName(item) ? take(item) : refuse(meant);
  },
};

/**
 * Libraries to instrument: those that the runtime knows, others that OpenTelemetry has an instrumentation for (`koa`),
 * and packages. A name that is all but that of a library which the runtime knows is refused: it is misspelt.
 */
export const INSTRUMENTATION_LIST: ValueKind<readonly string[]> = {
  allowed: INSTRUMENTATION.allowed,
  fromValue: (value) => withDefaults(list(INSTRUMENTATION).fromValue(value)),
  fromText: (text, environment) => withDefaults(list(INSTRUMENTATION).fromText(text, environment)),
};

/** A name of one word. `restify` is a library, however close to `fastify`. */
function mayBeMisspelt(name: string): boolean {
  return /^\w+$/.test(name) && name !== 'restify';
}

function withDefaults(reading: Reading<readonly string[]>): Reading<readonly string[]> {
  if (!reading.taken) return reading;
  const names = reading.value.flatMap((name) => (name === DEFAULT_NAME ? INSTRUMENTATION_NAMES : [name]));
  return take([...new Set(names)]);
}
