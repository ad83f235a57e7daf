import { stackRule } from '../../rule.ts';
import { eachJaeger, jaegerContainers } from './jaegerContainers.ts';
import { cleanerExample } from './jaegerExamples.ts';
import { isStorageJob } from './storage.ts';

/** Jaeger's jobs get their index prefix by the name that they know. */
export const jaegerCleanerPrefix = stackRule({
  name: 'jaeger-cleaner-prefix',
  asks: "Jaeger's jobs for Elasticsearch get their index prefix as INDEX_PREFIX, not as ES_INDEX_PREFIX.",
  severity: 'high',
  level: 'mandatory',
  rationale:
    'The index cleaner and the rollover do not read ES_INDEX_PREFIX: they work on the indices without a prefix, so that those of this Jaeger are never deleted.',
  link: 'https://github.com/jaegertracing/helm-charts/issues/634',
  passes: cleanerExample('env: [{ name: INDEX_PREFIX, value: live }]'),
  fails: cleanerExample('env: [{ name: ES_INDEX_PREFIX, value: live }]'),
  *check(objects) {
    const containers = yield* jaegerContainers(objects);
    yield* eachJaeger(containers.filter(isStorageJob), function* ({ settings }) {
      const wrong = settings.get('ES_INDEX_PREFIX');
      if (wrong === undefined || settings.get('INDEX_PREFIX') !== undefined) return;
      yield {
        path: wrong.path,
        problem: 'is ES_INDEX_PREFIX, which this program does not read: it must be INDEX_PREFIX',
        fix: '{ name: INDEX_PREFIX, value: the index prefix of the collector }',
      };
    });
  },
});
