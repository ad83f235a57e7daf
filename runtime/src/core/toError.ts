/** What was thrown, as an error. Never throws: not everything that can be thrown can be made a string. */
export function toError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  return new Error(typeof thrown === 'string' ? thrown : 'what was thrown is no error', { cause: thrown });
}
