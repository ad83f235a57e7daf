/** A number of pods, or a share of them. */
export interface IntOrPercent {
  readonly size: number;
  readonly isPercent: boolean;
}

/**
 * Reads what the API calls `IntOrString`: a whole number from 0, or a text such as `25%`. `undefined` for what is neither; a number in
 * quotes is not, the API server refuses it.
 */
export function parseIntOrPercent(value: unknown): IntOrPercent | undefined {
  if (typeof value === 'number')
    return Number.isInteger(value) && value >= 0 ? { size: value, isPercent: false } : undefined;
  const digits = typeof value === 'string' ? /^(\d{1,9})%$/.exec(value)?.[1] : undefined;
  return digits === undefined ? undefined : { size: Number(digits), isPercent: true };
}
