const unitHours: Readonly<Record<string, number>> = {
  ns: 1 / 3.6e12,
  us: 1 / 3.6e9,
  µs: 1 / 3.6e9,
  μs: 1 / 3.6e9,
  ms: 1 / 3.6e6,
  s: 1 / 3600,
  m: 1 / 60,
  h: 1,
};

/**
 * Reads a duration as Jaeger does, Go's way: `72h`, `1h30m`; a number without a unit is one of nanoseconds.
 *
 * @returns Hours; `undefined` for what is no duration, or a negative one.
 */
export function parseHours(value: string): number | undefined {
  if (/^\+?\d+$/.test(value)) return Number(value) / 3.6e12;
  if (!/^\+?(?:\d+(?:\.\d*)?(?:ns|us|µs|μs|ms|s|m|h))+$/.test(value)) return undefined;
  const parts = [...value.matchAll(/(\d+(?:\.\d*)?)(ns|us|µs|μs|ms|s|m|h)/g)];
  return parts.reduce((hours, [, amount = '0', unit = '']) => hours + Number(amount) * (unitHours[unit] ?? 0), 0);
}

/** Whether Go reads a text as true (`strconv.ParseBool`). */
export function isTrue(value: string): boolean {
  return ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(value);
}
