/** A value as JSON takes it, which has no numbers but finite ones: others are told as text. */
export function jsonValue<T>(value: T): T | string {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
