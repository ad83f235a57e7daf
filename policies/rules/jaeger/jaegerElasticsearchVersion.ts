import { stackRule } from '../../rule.ts';
import { eachJaeger, jaegerContainers } from './jaegerContainers.ts';
import { jaegerExample } from './jaegerExamples.ts';
import { usesElasticsearch } from './storage.ts';

const collector = (tag: string) =>
  jaegerExample('collector', {
    tag,
    env: ['{ name: SPAN_STORAGE_TYPE, value: elasticsearch }', '{ name: ES_VERSION, value: "8" }'],
  });
/** The first release that takes Elasticsearch 8 (jaeger #4829). */
const firstMinor = 52;

/** Jaeger and Elasticsearch understand each other. */
export const jaegerElasticsearchVersion = stackRule({
  name: 'jaeger-elasticsearch-version',
  asks: 'Only Jaeger 1.52 and later stores spans in Elasticsearch 8.',
  severity: 'critical',
  level: 'mandatory',
  rationale:
    'Elasticsearch 8 has neither mapping types nor the templates of old, which is all that an older Jaeger knows: nothing is stored.',
  link: 'https://github.com/jaegertracing/jaeger/pull/4829',
  passes: collector('1.52.0'),
  fails: collector('1.50.0'),
  *check(objects) {
    const containers = yield* jaegerContainers(objects);
    yield* eachJaeger(containers, function* (one) {
      const [, minor] = /^v?1\.(\d+)(?:\.|$)/.exec(one.tag ?? '') ?? [];
      if (minor === undefined || Number(minor) >= firstMinor || !usesElasticsearch(one)) return;
      const version = one.settings.get('ES_VERSION');
      if (version?.value !== '8') return;
      yield {
        path: 'image',
        problem: `has the tag "${one.tag ?? ''}" and stores in Elasticsearch 8 (ES_VERSION): it must be 1.${firstMinor} or later`,
        fix: `the tag "1.${firstMinor}.0", or Elasticsearch 7`,
      };
    });
  },
});
