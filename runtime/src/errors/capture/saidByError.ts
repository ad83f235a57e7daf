import { isObject } from '../../core/isObject.ts';
import { errorName } from '../../core/thrown/errorName.ts';
import { isNativeError } from '../../core/thrown/isNativeError.ts';
import { describeShape } from '../../core/valueShape.ts';
import type { ObjectClass } from './classBook.ts';
import { issuesText } from './issuesText.ts';

/** What an object that was thrown says of itself. */
export interface SaidByError {
  /** Its type, low in number. */
  readonly type: string;
  /** `undefined` where it has none that can be read without running a getter. */
  readonly message: string | undefined;
  /** Whether it is an error, and not just any object. */
  readonly isError: boolean;
  /** Whether V8 would run code of the error's own, as it writes its stack out: for its name or its message. */
  readonly isHostile: boolean;
}

/** Runs no getter but the platform's. The object is no Proxy. */
export function saidByError(thrown: object, kind: ObjectClass): SaidByError {
  const name = Object.getOwnPropertyDescriptor(thrown, 'name');
  const message = Object.getOwnPropertyDescriptor(thrown, 'message');
  const isError = kind.isError || isNativeError(thrown);
  const ownMessage = messageIn(message?.value) ?? (message === undefined ? kind.message : undefined);
  return {
    type: typeOf(thrown, kind, isError || typeof message?.value === 'string' ? name?.value : undefined, isError),
    message: ownMessage ?? behindAccessor(thrown, kind, message),
    isError,
    isHostile: kind.isHostile || isWorkedOut(name) || isWorkedOut(message),
  };
}

/** What an accessor would say that is the platform's, or that a validator has put there, without running the latter. */
function behindAccessor(
  thrown: object,
  kind: ObjectClass,
  message: PropertyDescriptor | undefined,
): string | undefined {
  if (message?.get !== undefined) return issuesText(thrown);
  return kind.isPlatformError ? platformMessage(thrown) : undefined;
}

/** By an accessor, or as an object is made a text. */
function isWorkedOut(property: PropertyDescriptor | undefined): boolean {
  return property !== undefined && (property.get !== undefined || isObject(property.value));
}

/** What is no error has its own `name` for something else, and names of people are not to be types. */
function typeOf(thrown: object, kind: ObjectClass, ownName: unknown, isError: boolean): string {
  if (typeof ownName === 'string' && ownName !== '') return ownName;
  const name = kind.isPlatformError ? errorName(thrown) : kind.errorName;
  return name ?? kind.names[0] ?? (isError ? 'Error' : 'object');
}

/** Some put an object in the place of a message. */
function messageIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? undefined : describeShape(value);
}

function platformMessage(error: object): string | undefined {
  try {
    const message: unknown = Reflect.get(DOMException.prototype, 'message', error);
    return typeof message === 'string' ? message : undefined;
  } catch {
    // An object that only pretends to be one.
    return undefined;
  }
}
