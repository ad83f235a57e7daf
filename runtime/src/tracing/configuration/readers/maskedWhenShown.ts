import { maskedText } from '../kinds/maskedText.ts';

/** The same object, which `util.inspect` and `JSON.stringify` show without what names or forms of its texts make a secret. */
export function maskedWhenShown<T extends object>(shown: T): T {
  const masked = (): object =>
    Object.fromEntries(
      Object.entries(shown).map(([key, value]: [string, unknown]) => [
        key,
        typeof value === 'string' ? maskedText(key, value) : value,
      ]),
    );
  // Not enumerable: they are no part of what it holds.
  return Object.defineProperties(shown, {
    [Symbol.for('nodejs.util.inspect.custom')]: { value: masked },
    toJSON: { value: masked },
  });
}
