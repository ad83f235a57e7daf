import type { TextMapSetter } from '@opentelemetry/api';

/** Writes into a message's headers: by their own `set` where they have one, as `Headers` and a `Map` do, else as properties. */
export const carrierSetter: TextMapSetter<object> = {
  set: (carrier, key, value) => {
    if (hasSet(carrier)) carrier.set(key, value);
    else Reflect.set(carrier, key, value);
  },
};

/** @throws TypeError that says what is allowed, for what nothing can be written into */
export function assertWritableCarrier(carrier: unknown): asserts carrier is object {
  if (typeof carrier !== 'object' || carrier === null || Array.isArray(carrier)) throw notWritable(nameOf(carrier));
  if (!Object.isExtensible(carrier) && !hasSet(carrier)) throw notWritable('an object that cannot be extended');
}

interface WithSet {
  set(key: string, value: string): unknown;
}

function hasSet(carrier: object): carrier is WithSet {
  return 'set' in carrier && typeof carrier.set === 'function';
}

function nameOf(carrier: unknown): string {
  if (Array.isArray(carrier)) return 'an array';
  return carrier === null ? 'null' : `a ${typeof carrier}`;
}

function notWritable(what: string): TypeError {
  return new TypeError(
    `injectContext was given ${what}; allowed: a plain object that can be extended, a Map, Headers, or another object ` +
      'with the functions get and set',
  );
}
