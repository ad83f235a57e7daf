interface Field {
  readonly name: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly names: readonly string[];
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const fields: readonly Field[] = [
  { name: 'minute', minimum: 0, maximum: 59, names: [] },
  { name: 'hour', minimum: 0, maximum: 23, names: [] },
  { name: 'day of the month', minimum: 1, maximum: 31, names: [] },
  { name: 'month', minimum: 1, maximum: 12, names: months },
  { name: 'day of the week', minimum: 0, maximum: 6, names: days },
];

const macros = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];
const every = /^@every (?:\d{1,9}(?:\.\d{1,9})?(?:ns|us|µs|ms|s|m|h))+$/;

/**
 * Says what is wrong with the schedule of a CronJob, to be read after the field (`has 4 fields`); `undefined` for a right one.
 *
 * It takes what the controller's parser takes (github.com/robfig/cron v3, `ParseStandard`): 7 is no day of the week.
 */
export function scheduleFault(schedule: string): string | undefined {
  const text = schedule.trim();
  if (/^(?:CRON_)?TZ=/.test(text)) return 'names a time zone, which stands in spec.timeZone';
  if (text.startsWith('@')) return macros.includes(text) || every.test(text) ? undefined : `is ${JSON.stringify(text)}`;
  const parts = text === '' ? [] : text.split(/\s+/);
  if (parts.length !== fields.length) return `has ${parts.length} fields`;
  const wrong = fields.findIndex((field, index) => !isList(parts[index] ?? '', field));
  return wrong === -1 ? undefined : `has ${JSON.stringify(parts[wrong])} for the ${fields[wrong]?.name ?? ''}`;
}

function isList(text: string, field: Field): boolean {
  return text.split(',').every((entry) => isRange(entry, field));
}

/** `*`, `5`, `1-5`, and each with a step: `*` + `/15`, `3/15`, `1-5/2`. */
function isRange(text: string, field: Field): boolean {
  const [range = '', step, ...rest] = text.split('/');
  if (rest.length > 0 || (step !== undefined && !/^0*[1-9]\d{0,8}$/.test(step))) return false;
  if (range === '*' || range === '?') return true;
  const ends = range.split('-').map((end) => valueOf(end, field) ?? NaN);
  const [first = NaN, last = NaN] = ends.length === 1 ? [...ends, ...ends] : ends;
  return ends.length <= 2 && first <= last;
}

function valueOf(text: string, { minimum, maximum, names }: Field): number | undefined {
  const named = names.indexOf(text.toLowerCase());
  const value = named === -1 ? (/^\d{1,9}$/.test(text) ? Number(text) : -1) : named + minimum;
  return value >= minimum && value <= maximum ? value : undefined;
}
