import { cutText } from '../redaction.ts';
import { describeShape } from '../valueShape.ts';
import { readProperty, readText } from './thrownProperty.ts';

const MAX_MESSAGE_LENGTH = 4096;

/**
 * The type of whatever was thrown, low in number as `error.type` has to be: an error's `name`, its class where the name
 * says no more than `Error`, and `string`, `null` and the like of what is no object. Never throws.
 */
export function exceptionType(thrown: unknown): string {
  if (thrown === null) return 'null';
  if (typeof thrown !== 'object' && typeof thrown !== 'function') return typeof thrown;
  const name = readText(thrown, 'name');
  if (name !== undefined && name !== 'Error') return name;
  return readText(readProperty(thrown, 'constructor'), 'name') ?? name ?? typeof thrown;
}

/**
 * What whatever was thrown says of itself; the shape of an object that says nothing. Never throws.
 *
 * @returns the empty text for an error without a message
 */
export function exceptionMessage(thrown: unknown): string {
  return cutText(messageOf(thrown), MAX_MESSAGE_LENGTH);
}

function messageOf(thrown: unknown): string {
  if (typeof thrown === 'string') return thrown;
  if (typeof thrown !== 'object' || thrown === null) return typeof thrown === 'function' ? 'function' : String(thrown);
  const message = readProperty(thrown, 'message');
  return typeof message === 'string' ? message : describeShape(thrown);
}
