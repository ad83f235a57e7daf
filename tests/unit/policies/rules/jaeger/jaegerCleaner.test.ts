import { describe, expect, it } from 'vitest';
import { documents } from '../../../../../policies/rules/exampleYaml.ts';
import { jaegerCleanerPrefix } from '../../../../../policies/rules/jaeger/jaegerCleanerPrefix.ts';
import { jaegerCleanerRetention } from '../../../../../policies/rules/jaeger/jaegerCleanerRetention.ts';
import { cleanerExample, jaegerExample } from '../../../../../policies/rules/jaeger/jaegerExamples.ts';
import { findingsOf, problemsOf } from '../../../../support/problemsOf.ts';

const at = 'CronJob/shop/cleaner, container "cleaner": spec.jobTemplate.spec.template.spec.containers[0]';

describe('jaeger-cleaner-retention', () => {
  const query = (age?: string) =>
    jaegerExample('query', { env: age === undefined ? [] : [`{ name: ES_MAX_SPAN_AGE, value: "${age}" }`] });
  const cleaner = (days: string) => cleanerExample(`args: ["${days}", "http://es:9200"]`);

  it.each([
    ['3', undefined, 0],
    ['2', undefined, 1],
    ['7', '168h', 0],
    ['7', '169h', 1],
    ['1', '1440m', 0],
    ['0', '1h', 1],
    ['x', '168h', 0],
    ['7', 'x', 0],
  ])('of %s days and an age of %s', (days, age, count) => {
    expect(findingsOf(jaegerCleanerRetention, documents(query(age), cleaner(days)))).toHaveLength(count);
  });

  it('goes by the longest, and says how many days would do', () => {
    const longer = query('168h').replace('name: query,', 'name: more,');
    expect(problemsOf(jaegerCleanerRetention, documents(query(), longer, cleaner('3')))).toEqual([
      `${at}.args[0] is the number of days after which the index cleaner deletes spans, and less than ES_MAX_SPAN_AGE of the query service: it must not be. Fix: "8"`,
    ]);
  });

  it.each([
    ['without a query service', cleaner('1')],
    [
      'beside that of another namespace',
      documents(query().replaceAll('namespace: shop', 'namespace: b'), cleaner('1')),
    ],
    ['without arguments', documents(query(), cleanerExample())],
    ['beside one whose age is not shown', documents(query('$(AGE)'), cleaner('1'))],
  ])('has nothing to say of a cleaner %s', (_what, yaml) => {
    expect(findingsOf(jaegerCleanerRetention, yaml)).toEqual([]);
  });
});

describe('jaeger-cleaner-prefix', () => {
  const withVariables = (...names: readonly string[]) =>
    cleanerExample(`env: [${names.map((name) => `{ name: ${name}, value: live }`).join(', ')}]`);

  it('names the right variable', () => {
    expect(problemsOf(jaegerCleanerPrefix, withVariables('ES_INDEX_PREFIX'))).toEqual([
      `${at}.env[0].value is ES_INDEX_PREFIX, which this program does not read: it must be INDEX_PREFIX. Fix: { name: INDEX_PREFIX, value: the index prefix of the collector }`,
    ]);
  });

  it.each([
    ['the rollover too', withVariables('ES_INDEX_PREFIX').replace('index-cleaner:', 'rollover:'), 1],
    ['nobody who has both', withVariables('ES_INDEX_PREFIX', 'INDEX_PREFIX'), 0],
    ['nobody who has none', withVariables(), 0],
    ['no collector', jaegerExample('collector', { env: ['{ name: ES_INDEX_PREFIX, value: live }'] }), 0],
  ])('asks %s', (_what, yaml, count) => {
    expect(findingsOf(jaegerCleanerPrefix, yaml)).toHaveLength(count);
  });
});
