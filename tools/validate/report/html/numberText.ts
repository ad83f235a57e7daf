/** A number for a person: four digits that count, in groups of three. */
export function numberText(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 4 });
}

/** `0.53 s`: below a minute to a hundredth, then to a whole second. */
export function secondsText(seconds: number): string {
  return `${seconds.toFixed(seconds < 60 ? 2 : 0)} s`;
}
