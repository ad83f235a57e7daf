import type { KubernetesObject } from '../kubernetes/object.ts';
import { matchesWildcard } from '../wildcard.ts';

/** Why a rule is not applied to some objects, and until when. */
export interface Exemption {
  /** Name of the rule. */
  readonly rule: string;
  /** `Kind/namespace/name`, or `Kind/name` for an object without a written namespace; `*` stands for any text in a part. */
  readonly resource: string;
  readonly reason: string;
  /** The last day on which it holds, in UTC: `2027-01-31`. */
  readonly expires: string;
}

/** Whether an exemption is meant for an object. */
export function matches({ resource }: Exemption, object: KubernetesObject): boolean {
  const wanted = resource.split('/');
  const found = object.identity.split('/');
  return wanted.length === found.length && wanted.every((part, index) => matchesWildcard(part, found[index] ?? ''));
}

/** Whether the last day of an exemption is over. */
export function isExpired({ expires }: Exemption, now: Date): boolean {
  return now.toISOString().slice(0, 10) > expires;
}
