/** The name that a function was given where it was written; `anonymous` for one that has none. */
export function functionName(fn: (...args: never) => unknown): string {
  // A class may have a static `name` of any kind.
  const name: unknown = fn.name;
  return typeof name === 'string' && name !== '' ? name : 'anonymous';
}
