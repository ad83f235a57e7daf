const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;
const COUNT_UNITS = ['', ' k', ' M', ' G', ' T'] as const;
const TIME_UNITS = [
  { unit: 'd', seconds: 86_400 },
  { unit: 'h', seconds: 3600 },
  { unit: 'min', seconds: 60 },
  { unit: 's', seconds: 1 },
  { unit: 'ms', seconds: 1e-3 },
  { unit: 'µs', seconds: 1e-6 },
  { unit: 'ns', seconds: 1e-9 },
] as const;

/** What is said of a metric, in its unit. */
export interface MetricMeaning {
  /** In UCUM, as OpenTelemetry has them: `s`, `By`, `1`, `{request}`. */
  readonly unit: string;
  /** `rate` is for each second. */
  readonly statistic: string;
  readonly kind: string;
}

/** Writes values of a metric for people, with three digits and the unit: `12.3 MiB`, `45 %`, `1.20 ms`, `3.50 /s`. */
export function metricFormat({ unit, statistic, kind }: MetricMeaning): (value: number) => string {
  if (statistic !== 'rate') return valueFormat(unit);
  // Of histograms it is measurements that are counted, whatever they measure.
  if (kind === 'histogram') return (value) => `${scaled(value)} /s`;
  // Seconds for each second are a share: of time that was spent collecting garbage, for example.
  if (unit === 's') return percent;
  const format = valueFormat(unit === '1' ? '' : unit);
  return (value) => `${format(value)}/s`.replace(/(\d)\/s$/, '$1 /s');
}

/** The same where there is little room: what is counted is not named. */
export function axisFormat({ unit, ...meaning }: MetricMeaning): (value: number) => string {
  const isNamed = !['By', 's', 'ms', '1', '%'].includes(unit);
  return metricFormat({ unit: isNamed ? '' : unit, ...meaning });
}

/** Writes values of a unit: `12.3 MiB`, `45 %`, `1.2 ms`, `3 order`. */
export function valueFormat(unit: string): (value: number) => string {
  if (unit === 'By') return bytes;
  if (unit === 's') return seconds;
  if (unit === 'ms') return (value) => seconds(value / 1000);
  if (unit === '1' || unit === '%') return unit === '1' ? percent : (value) => `${digits(value)} %`;
  const name = /^\{(.+)\}$/.exec(unit)?.[1] ?? unit;
  return name === '' ? scaled : (value) => `${scaled(value)} ${name}`;
}

function bytes(value: number): string {
  return stepped(value, 1024, BYTE_UNITS, ' ');
}

function scaled(value: number): string {
  return stepped(value, 1000, COUNT_UNITS, '');
}

function stepped(value: number, base: number, units: readonly string[], between: string): string {
  let size = Math.abs(value);
  let index = 0;
  // What would be rounded up to the next unit is written in it.
  while (index < units.length - 1 && size >= base * 0.9995) {
    size /= base;
    index += 1;
  }
  return `${sign(value)}${digits(size)}${between}${units[index] ?? ''}`;
}

function seconds(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0 s';
  const { unit, seconds: width } = TIME_UNITS.find((each) => size >= each.seconds * 0.9995) ?? {
    unit: 'ns',
    seconds: 1e-9,
  };
  return `${sign(value)}${digits(size / width)} ${unit}`;
}

function percent(value: number): string {
  return `${sign(value)}${digits(Math.abs(value) * 100)} %`;
}

function sign(value: number): string {
  return value < 0 ? '−' : '';
}

/** Three digits, without those after the point that say nothing. */
function digits(size: number): string {
  if (!Number.isFinite(size)) return '–';
  const written = size >= 100 ? size.toFixed(0) : size >= 10 ? size.toFixed(1) : size.toFixed(2);
  // What is small and not zero is not written as zero.
  if (size > 0 && Number(written) === 0) return String(Number(size.toPrecision(2)));
  return written.includes('.') ? written.replace(/\.?0+$/, '') : written;
}
