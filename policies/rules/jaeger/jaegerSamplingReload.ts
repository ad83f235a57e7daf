import { stackRule } from '../../rule.ts';
import { eachJaeger, jaegerContainers } from './jaegerContainers.ts';
import { jaegerExample } from './jaegerExamples.ts';
import { parseHours } from './goValues.ts';
import { strategiesFile } from './strategiesFile.ts';

const variable = 'SAMPLING_STRATEGIES_RELOAD_INTERVAL';
const collector = (interval: string) =>
  jaegerExample('collector', {
    env: [
      '{ name: SAMPLING_STRATEGIES_FILE, value: /etc/sampling/strategies.json }',
      `{ name: ${variable}, value: ${interval} }`,
    ],
  });

/** Changes of sampling strategies take effect. */
export const jaegerSamplingReload = stackRule({
  name: 'jaeger-sampling-reload',
  asks: 'Every collector with a file of sampling strategies looks now and then whether it has changed.',
  severity: 'low',
  level: 'advisory',
  rationale: 'Left out or 0, the interval means never: changed strategies wait until the collectors are started anew.',
  link: 'https://www.jaegertracing.io/docs/1.50/sampling/#file-based-sampling-configuration',
  passes: collector('10s'),
  fails: collector('"0"'),
  *check(objects) {
    const containers = yield* jaegerContainers(objects);
    yield* eachJaeger(containers, function* (one) {
      if (strategiesFile(one) === undefined) return;
      const interval = one.settings.get(variable);
      if (interval !== undefined && (interval.value === undefined || (parseHours(interval.value) ?? 0) > 0)) return;
      yield {
        path: interval?.path ?? 'env',
        problem: `${interval === undefined ? `has no ${variable}` : `is ${variable} and no duration above 0`}: it must be one`,
        fix: `{ name: ${variable}, value: "10s" }`,
      };
    });
  },
});
