import { types } from 'node:util';
import { isObject } from '../../core/isObject.ts';
import { causeOf } from '../../core/thrown/causeOf.ts';
import { ownData } from '../../core/thrown/ownData.ts';

/** How many of the errors that an error is made of are looked at. */
const MOST_MEMBERS = 10;

/** The object that an error says is its cause. Runs no code of the error's. */
export function objectOfCause(thrown: unknown): object | undefined {
  const cause = causeOf(thrown);
  return isObject(cause) ? cause : undefined;
}

/** The first of the objects that an `AggregateError` or its like is made of. Runs no code of the error's. */
export function membersOf(thrown: unknown): readonly object[] {
  if (!isObject(thrown) || types.isProxy(thrown)) return [];
  const errors = ownData(thrown, 'errors');
  if (!Array.isArray(errors) || types.isProxy(errors)) return [];
  const members: object[] = [];
  for (let index = 0; index < errors.length && index < MOST_MEMBERS; index += 1) {
    const member = ownData(errors, String(index));
    if (isObject(member)) members.push(member);
  }
  return members;
}
