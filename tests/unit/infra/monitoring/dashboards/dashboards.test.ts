import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { queryPorts } from '../../../../../infra/jaeger/ports.ts';
import { dashboardFiles } from '../../../../../infra/monitoring/dashboards/dashboards.ts';
import { dashboardFiles as generated } from '../../../../../tools/docs/dashboards/dashboards.ts';
import { dashboardProblems } from '../../../../support/dashboardProblems.ts';

const directory = new URL('../../../../../infra/monitoring/dashboards/', import.meta.url);
const NAMES = ['applications', 'pipeline', 'streaming'] as const;

interface Loaded {
  [key: string]: unknown;
  panels: { [key: string]: unknown; targets?: { [key: string]: unknown; expr: string }[] }[];
  templating: { list: { name: string; type: string; query: unknown }[] };
}

function load(name: (typeof NAMES)[number]): Loaded {
  return JSON.parse(readFileSync(new URL(`${name}.json`, directory), 'utf8')) as Loaded;
}

/** The pipeline's dashboard, changed. */
function changed(change: (dashboard: Loaded) => void): readonly string[] {
  const dashboard = load('pipeline');
  change(dashboard);
  return dashboardProblems(dashboard);
}

describe('the dashboards', () => {
  it('are those that are generated, and no others', () => {
    const committed = readdirSync(directory).filter((file) => file.endsWith('.json'));
    expect(committed.sort()).toEqual(NAMES.map((name) => `${name}.json`));
    expect(Object.fromEntries(NAMES.map((name) => [`infra/monitoring/dashboards/${name}.json`, load(name)]))).toEqual(
      Object.fromEntries(generated().map(({ path, text }) => [path, JSON.parse(text) as unknown])),
    );
  });

  it.each(NAMES)('have nothing that Grafana or a reader would object to: %s', (name) => {
    expect(dashboardProblems(load(name))).toEqual([]);
  });

  it('have addresses in Grafana that stay the same', () => {
    expect(NAMES.map((name) => load(name)['uid'])).toEqual([
      'tracewright-applications',
      'tracewright-pipeline',
      'tracewright-streaming',
    ]);
  });

  it('are given to a stack as far as it has what they show', () => {
    const settings = { runbookBaseUrl: 'https://wiki.example/runbooks' };
    const direct = dashboardFiles({ ...settings, streaming: false });
    expect(direct.map(({ name, fileName }) => [name, fileName])).toEqual([
      ['pipeline', 'tracewright-pipeline.json'],
      ['applications', 'tracewright-applications.json'],
    ]);
    expect(dashboardFiles({ ...settings, streaming: true }).map(({ name }) => name)).toEqual([
      'pipeline',
      'streaming',
      'applications',
    ]);
  });

  it.each([
    ['https://wiki.example/runbooks', 'https://wiki.example/runbooks/../on-call'],
    ['https://wiki.example/runbooks/{alert}.md', 'https://wiki.example/runbooks/../on-call.md'],
  ])('lead to the runbooks of the stack at %s', (runbookBaseUrl, onCall) => {
    for (const { name, text } of dashboardFiles({ streaming: true, runbookBaseUrl })) {
      const expected = load(name as (typeof NAMES)[number]);
      for (const variable of expected.templating.list) {
        if (variable.name === 'runbooks') variable.query = 'https://wiki.example/runbooks';
        if (variable.name === 'on_call') variable.query = onCall;
      }
      expect(JSON.parse(text)).toEqual(expected);
      expect(text).toContain('"url":"${runbooks}"');
      expect(text).toContain('"url":"${on_call}"');
      expect(text).toContain('"query":"https://wiki.example/runbooks"');
      expect(text).toContain(`"query":"${onCall}"`);
    }
  });

  it('fit into a ConfigMap, which takes 1 MiB, many times', () => {
    const sizes = dashboardFiles({ streaming: true, runbookBaseUrl: 'https://a.example' }).map(
      ({ text }) => text.length,
    );
    expect(Math.max(...sizes)).toBeLessThan(100_000);
  });
});

describe('the data sources', () => {
  it('lead from an exemplar’s trace ID to Jaeger’s query service', () => {
    const { apiVersion, datasources } = parse(readFileSync(new URL('datasources.yaml', directory), 'utf8')) as {
      apiVersion: number;
      datasources: { uid: string; type: string; url: string; jsonData: Record<string, unknown> }[];
    };
    expect(apiVersion).toBe(1);
    const [prometheus, jaeger] = datasources;
    expect([prometheus?.type, jaeger?.type, datasources.length]).toEqual(['prometheus', 'jaeger', 2]);
    expect(prometheus?.jsonData['exemplarTraceIdDestinations']).toEqual([
      { name: 'trace_id', datasourceUid: jaeger?.uid, urlDisplayLabel: 'Trace in Jaeger' },
    ]);
    expect(jaeger?.url).toBe(`http://jaeger-query.tracing.svc:${queryPorts.http.number}`);
  });
});

describe('what is looked for in dashboards', () => {
  const first = (dashboard: Loaded) => dashboard.panels[1] ?? {};
  const query = (dashboard: Loaded) => dashboard.panels[1]?.targets?.[0] ?? { expr: '' };

  it.each<[string, (dashboard: Loaded) => void, readonly string[]]>([
    ['an id of a database', (d) => (d['id'] = 7), ['id: Invalid input: expected undefined, received number']],
    [
      'an address that changes',
      (d) => (d['uid'] = 'aZ3x'),
      ['uid: Invalid string: must match pattern /^tracewright-[a-z-]{1,28}$/'],
    ],
    ['an old schema', (d) => (d['schemaVersion'] = 16), ['schemaVersion: Too small: expected number to be >=36']],
    [
      'a panel without a description',
      (d) => delete first(d)['description'],
      ['panels.1.description: Invalid input: expected string, received undefined'],
    ],
    [
      'a panel without a query',
      (d) => (d.panels[1] = { ...first(d), targets: [] }),
      ['panels.1.targets: Too small: expected array to have >=1 items'],
    ],
    ['two panels with one id', (d) => (first(d)['id'] = 1), ['two panels have the id 1']],
    ['two panels with one title', (d) => (first(d)['title'] = 'Spans lost'), ['two panels are called Spans lost']],
    [
      'a panel on another',
      (d) => (first(d)['gridPos'] = { x: 6, y: 1, w: 6, h: 4 }),
      ['Spans lost: lies on Spans stored'],
    ],
    [
      'a panel beside the grid',
      (d) => (first(d)['gridPos'] = { x: 20, y: 100, w: 6, h: 4 }),
      ['Spans stored: is wider than the grid'],
    ],
    [
      'a data source of one Grafana',
      (d) => (first(d)['datasource'] = { type: 'prometheus', uid: 'prometheus' }),
      ['Spans stored: does not ask the data source that is chosen'],
    ],
    [
      'a variable that there is not',
      (d) => (query(d).expr = query(d).expr.replaceAll('$job', '$jobs')),
      [
        'there is no variable jobs',
        'Spans stored: A asks for jaeger_collector_spans_saved_by_svc_total of what is not selected',
      ],
    ],
    [
      'a variable that nothing uses',
      (d) => d.templating.list.push({ name: 'x', type: 'constant', query: '' }),
      ['nothing uses the variable x'],
    ],
    [
      'a metric of all that is scraped',
      (d) => (query(d).expr = 'sum(up{})'),
      ['Spans stored: A asks for up of what is not selected'],
    ],
    [
      'a rate over a fixed time',
      (d) => (query(d).expr = query(d).expr.replace('$__rate_interval', '5m')),
      ['Spans stored: A has a rate over 5m'],
    ],
    [
      'a legend with a label that was summed away',
      (d) => {
        query(d)['legendFormat'] = '{{pod}}';
        query(d).expr = query(d).expr.replace('sum(', 'sum by (svc) (');
      },
      ['Spans stored: A names the label pod, which its series lack'],
    ],
    [
      'thresholds that fall',
      (d) => {
        const steps = [
          { value: null, color: 'green' },
          { value: 2, color: 'red' },
          { value: 1, color: 'red' },
        ];
        first(d)['fieldConfig'] = { defaults: { unit: 's', thresholds: { steps } } };
      },
      ['Spans stored: has thresholds that do not rise'],
    ],
  ])('finds %s', (_, change, problems) => {
    expect(changed(change)).toEqual(problems);
  });
});
