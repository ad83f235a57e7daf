/** Any function. */
export type AnyFunction = (...args: never) => unknown;

/** Any class, abstract ones too. */
export type AnyClass = abstract new (...args: never) => unknown;

/** Whether something can be called; classes are functions too. */
export function isFunction(value: unknown): value is AnyFunction & AnyClass {
  return typeof value === 'function';
}
