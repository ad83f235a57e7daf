/** A method by itself, to be wrapped or called with another `this`. */
export function methodOf(owner: unknown, key: PropertyKey): (...args: unknown[]) => unknown {
  const method: unknown = typeof owner === 'object' && owner !== null ? Reflect.get(owner, key) : undefined;
  if (!isMethod(method)) throw new TypeError(`${String(key)} is no method`);
  return method;
}

function isMethod(value: unknown): value is (...args: unknown[]) => unknown {
  return typeof value === 'function';
}
