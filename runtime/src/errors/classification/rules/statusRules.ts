import type { ErrorFacts } from '../../errorFacts.ts';
import type { Classifiable, RuleSet } from '../classification.ts';
import { classificationOf, codeTable } from '../codeTable.ts';
import { type Origins, scopeOf } from '../origins.ts';
import { statusInMessage } from '../statusInMessage.ts';
import { OWN_STATUSES, OWN_STATUS_CLASSES } from '../tables/httpStatuses.ts';
import { KNOWN_PACKAGES } from '../tables/knownPackages.ts';
import { answeredBy } from './httpClientRules.ts';

/** A property that an error about somebody else's answer has, and one about our own has not. */
const OF_ANSWERS: readonly string[] = [
  'url',
  'uri',
  'endpoint',
  'host',
  'hostname',
  'service',
  'upstream',
  'provider',
  'responseBody',
  'response',
  'requestId',
  'request_id',
];

/** The runtime's own class for requests of which nobody said what was thrown: the answer is ours. */
const REQUEST_FAILED = 'RequestFailedError';

/**
 * The status that an error names: another's answer, or the one that we are to give. What the client of a service threw is the
 * service's; what that of a database threw says nothing by its status.
 */
export function statusRules(origins: Origins): RuleSet {
  const own = new Map(
    [...OWN_STATUSES].map(([status, category]) => [status, classificationOf(category, 'status.own')]),
  );
  const answered = answeredBy('status.answered');
  const packages = codeTable('status.package', KNOWN_PACKAGES);
  const ownClasses = new Map(Object.entries(OWN_STATUS_CLASSES));
  return (error, captured) => {
    const status = error.status ?? (error.classes.includes('HttpError') ? ownClasses.get(error.type) : undefined);
    if (status === undefined || status < 400) return undefined;
    const name = origins.packageOf(error);
    const origin = name === undefined ? undefined : (packages.get(name) ?? packages.get(scopeOf(name)));
    if (origin?.category === 'database') return undefined;
    return origin?.category === 'external_service' || isAnswered(error, captured) ? answered(status) : own.get(status);
  };
}

/** A status in the message, where it is nowhere else: somebody made an error of an answer. */
export function messageStatusRules(): RuleSet {
  const answered = answeredBy('status.message');
  return ({ message, status }) => {
    if (status !== undefined) return undefined;
    const found = statusInMessage(message);
    return found === undefined ? undefined : answered(found);
  };
}

/**
 * Whether the status is somebody else's. `expose` is what http-errors and those that follow it say of their own; where
 * the request was answered with another status, the error's is not ours.
 */
function isAnswered(error: ErrorFacts, { request }: Classifiable): boolean {
  if (typeof error.properties['expose'] === 'boolean' || error.classes.includes(REQUEST_FAILED)) return false;
  if (request.status !== undefined && request.status !== error.status) return true;
  return (
    OF_ANSWERS.some((name) => Object.hasOwn(error.properties, name)) ||
    // `429 Rate limit reached`, as the clients of OpenAI and others word an answer.
    error.message.startsWith(`${error.status} `) ||
    statusInMessage(error.message) !== undefined
  );
}
