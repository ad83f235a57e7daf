/** A property of something that was thrown. What cannot be read is `undefined`: nothing about an error is to be relied on. */
export function readProperty(thrown: unknown, key: string): unknown {
  if ((typeof thrown !== 'object' && typeof thrown !== 'function') || thrown === null) return undefined;
  try {
    return Reflect.get(thrown, key);
  } catch {
    return undefined;
  }
}

/** The same, where it is a text with something in it. */
export function readText(thrown: unknown, key: string): string | undefined {
  const value = readProperty(thrown, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
