import type { ContainerProblem } from '../../problems.ts';
import { stackRule } from '../../rule.ts';
import { documents } from '../exampleYaml.ts';
import { parseHours } from './goValues.ts';
import {
  eachJaeger,
  installationOf,
  installations,
  jaegerContainers,
  type JaegerContainer,
} from './jaegerContainers.ts';
import { cleanerExample, jaegerExample } from './jaegerExamples.ts';

const query = jaegerExample('query', { env: ['{ name: ES_MAX_SPAN_AGE, value: 168h }'] });
const cleaner = (days: number) => cleanerExample(`args: ["${days}", "http://es.storage:9200"]`);
/** Jaeger 1.50, `plugin/storage/es/options.go`. */
const defaultHours = 72;

/** What the query service looks for is still there. */
export const jaegerCleanerRetention = stackRule({
  name: 'jaeger-cleaner-retention',
  asks: 'The index cleaner keeps spans at least as long as the query service of the same Jaeger looks for them.',
  severity: 'medium',
  level: 'mandatory',
  rationale:
    'ES_MAX_SPAN_AGE is how far back spans are looked for: what is deleted earlier is missing, or found without its parents. The cleaner counts calendar days, today among them: one day more keeps whole days.',
  link: 'https://www.jaegertracing.io/docs/1.50/deployment/#remove-old-data',
  passes: documents(query, cleaner(8)),
  fails: documents(query, cleaner(3)),
  *check(objects) {
    const containers = yield* jaegerContainers(objects);
    const hours = new Map<JaegerContainer, number>();
    const known: JaegerContainer[] = [];
    yield* eachJaeger(containers, (one) => {
      const age = one.role === 'query' ? hoursOf(one) : undefined;
      if (age !== undefined) hours.set(one, age);
      installationOf(one);
      known.push(one);
      return [];
    });
    for (const together of installations(known)) {
      const longest = Math.max(...together.map((one) => hours.get(one) ?? 0));
      const cleaners = together.filter(({ role }) => role === 'es-index-cleaner');
      yield* eachJaeger(cleaners, (one) => retentionProblems(one, longest));
    }
  },
});

function* retentionProblems({ settings }: JaegerContainer, hours: number): Iterable<ContainerProblem> {
  const days = settings.positional[0];
  if (days?.value === undefined || !/^\d+$/.test(days.value) || Number(days.value) * 24 >= hours) return;
  yield {
    path: days.path,
    problem:
      'is the number of days after which the index cleaner deletes spans, and less than ES_MAX_SPAN_AGE of the query service: it must not be',
    fix: `"${Math.ceil(hours / 24) + 1}"`,
  };
}

/** How far back a query service looks; `undefined` where that cannot be read. */
function hoursOf({ settings }: JaegerContainer): number | undefined {
  const age = settings.get('ES_MAX_SPAN_AGE');
  if (age === undefined) return defaultHours;
  return age.value === undefined ? undefined : parseHours(age.value);
}
