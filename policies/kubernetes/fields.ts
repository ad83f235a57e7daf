/** A field of a value of unknown shape; `undefined` where there is none. */
export function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const content: unknown = Reflect.get(value, name);
  return content;
}

/** The entries of a list; none where there is no list. */
export function entries(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
