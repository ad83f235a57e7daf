import { types } from 'node:util';

const MAX_KEYS = 10;
/** What a programmer names a property. Longer or stranger keys are data: the addresses that a dictionary is keyed by. */
const PROPERTY_NAME = /^[A-Za-z_$][\w$-]{0,39}$/;

/**
 * Says what kind of value it is and how large, and nothing of what is in it: `string(12)`, `array(3)`, `object{id, total}`,
 * `map(2)`, `Order{id}`, `null`. Of an object's keys only those are named that look like names of properties, 10 at most.
 *
 * Never throws and runs no code of the value's: no getter, no `toJSON`, no trap of a Proxy.
 */
export function describeShape(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return `string(${value.length})`;
  return typeof value === 'object' ? describeObject(value) : typeof value;
}

/** The shape of what keeps its content elsewhere than in properties of its own; `undefined` for every other object. */
export function describeOpaque(value: object): string | undefined {
  if (types.isProxy(value)) return 'proxy';
  if (ArrayBuffer.isView(value)) return `bytes(${value.byteLength})`;
  if (types.isMap(value)) return `map(${sizeOf(Map.prototype, value)})`;
  if (types.isSet(value)) return `set(${sizeOf(Set.prototype, value)})`;
  return OPAQUE_KINDS.find(([isOfKind]) => isOfKind(value))?.[1];
}

const OPAQUE_KINDS: readonly (readonly [(value: object) => boolean, string])[] = [
  [types.isDate, 'date'],
  [types.isRegExp, 'regexp'],
  [types.isPromise, 'promise'],
  [types.isAnyArrayBuffer, 'buffer'],
  [types.isWeakMap, 'weakmap'],
  [types.isWeakSet, 'weakset'],
  [types.isGeneratorObject, 'generator'],
  [types.isBoxedPrimitive, 'boxed'],
  // Reading one that is still being loaded throws.
  [types.isModuleNamespaceObject, 'module'],
];

function describeObject(value: object): string {
  const opaque = describeOpaque(value);
  if (opaque !== undefined) return opaque;
  if (Array.isArray(value)) return `array(${value.length})`;
  const keys = Object.keys(value);
  const named = keys.slice(0, MAX_KEYS).filter((key) => PROPERTY_NAME.test(key));
  const unnamed = keys.length - named.length;
  const shown = unnamed === 0 ? named : [...named, `+${unnamed}`];
  return `${className(value)}{${shown.join(', ')}}`;
}

/** A subclass may have a `size` of its own that does anything. */
function sizeOf(prototype: object, collection: object): number {
  const size: unknown = Reflect.get(prototype, 'size', collection);
  return typeof size === 'number' ? size : 0;
}

function className(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (typeof prototype !== 'object' || prototype === null || types.isProxy(prototype)) return 'object';
  const constructor: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  if (typeof constructor !== 'function' || types.isProxy(constructor)) return 'object';
  const name: unknown = Object.getOwnPropertyDescriptor(constructor, 'name')?.value;
  return typeof name === 'string' && name !== 'Object' && PROPERTY_NAME.test(name) ? name : 'object';
}
