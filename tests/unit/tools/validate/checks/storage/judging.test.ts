import { describe, expect, it } from 'vitest';
import { judgeDisk } from '../../../../../../tools/validate/checks/storage/storageDisk.ts';
import { judgeHealth } from '../../../../../../tools/validate/checks/storage/storageHealthy.ts';
import { judgeIndices } from '../../../../../../tools/validate/checks/storage/storageIndices.ts';
import { judgeTemplates, readTemplates } from '../../../../../../tools/validate/checks/storage/storageTemplates.ts';
import { judgeVersion } from '../../../../../../tools/validate/checks/storage/storageVersion.ts';

describe('health of the storage', () => {
  const green = { status: 'green', number_of_nodes: 3, unassigned_shards: 0, number_of_pending_tasks: 0 } as const;

  it.each([
    [green, 'ok', 'green, 3 nodes, 0 shards without a node'],
    [
      { ...green, status: 'yellow', unassigned_shards: 4 } as const,
      'warning',
      'yellow, 3 nodes, 4 shards without a node',
    ],
    [{ ...green, status: 'red', number_of_nodes: 1 } as const, 'failed', 'red, 1 nodes, 0 shards without a node'],
  ])('judges %o', (found, outcome, seen) => {
    expect(judgeHealth('Elasticsearch http://es:9200', found)).toMatchObject({ outcome, found: seen });
  });
});

describe('version of the storage', () => {
  const supported = ['elasticsearch-7', 'opensearch-2'] as const;

  it.each([
    [{ number: '7.17.10' }, 'ok', 'elasticsearch 7.17.10'],
    [{ number: '2.11.0', distribution: 'opensearch' }, 'ok', 'opensearch 2.11.0'],
    [{ number: '8.1.0' }, 'failed', 'elasticsearch 8.1.0'],
    [{ number: '7.10.2', distribution: 'opensearch' }, 'failed', 'opensearch 7.10.2'],
  ])('judges %o', (version, outcome, found) => {
    expect(judgeVersion('storage', { version }, supported)).toMatchObject({ outcome, found });
  });
});

describe('index templates', () => {
  const wanted = { indexPrefix: 'shop', shards: 5, replicas: 1 };
  const template = (kind: string, shards = '5', replicas = '1') => ({
    index_patterns: [`*shop-jaeger-${kind}-*`],
    settings: { index: { number_of_shards: shards, number_of_replicas: replicas } },
  });
  const both = { 'shop-jaeger-span': template('span'), 'shop-jaeger-service': template('service') };

  it('takes both with the configured shards and copies, whatever other templates there are', () => {
    const found = judgeTemplates(wanted, { ...both, 'other-jaeger-span': template('span', '1') });
    expect(found.map(({ outcome }) => outcome)).toEqual(['ok', 'ok']);
  });

  const servers = (number: string, distribution?: string) => ({
    get: <T>(path: string, schema: { parse: (value: unknown) => T }): Promise<T> => {
      const answers: Readonly<Record<string, unknown>> = {
        '/': { version: { number, distribution } },
        '/_template': both,
        '/_index_template': {
          index_templates: Object.entries(both).map(([name, { index_patterns, settings }]) => ({
            name: `${name}-8`,
            index_template: { index_patterns, template: { settings } },
          })),
        },
      };
      return Promise.resolve(schema.parse(answers[path]));
    },
  });

  it.each([
    ['7.17.10', undefined, ['shop-jaeger-span', 'shop-jaeger-service']],
    ['2.11.0', 'opensearch', ['shop-jaeger-span', 'shop-jaeger-service']],
    ['8.1.0', undefined, ['shop-jaeger-span-8', 'shop-jaeger-service-8']],
  ])('are read from where Jaeger writes them: server %s %s', async (number, distribution, names) => {
    const found = await readTemplates(servers(number, distribution));
    expect(Object.keys(found)).toEqual(names);
    expect(Object.values(found)).toEqual(Object.values(both));
  });

  it.each([
    ['is missing', { 'shop-jaeger-service': both['shop-jaeger-service'] }, 'missing'],
    [
      'has other shards',
      { ...both, 'shop-jaeger-span': template('span', '1') },
      '1 shards, 1 copies, for *shop-jaeger-span-*',
    ],
    [
      'has other copies',
      { ...both, 'shop-jaeger-span': template('span', '5', '0') },
      '5 shards, 0 copies, for *shop-jaeger-span-*',
    ],
    [
      'is for other indices',
      { ...both, 'shop-jaeger-span': { ...template('span'), index_patterns: ['nothing-*'] } },
      '5 shards, 1 copies, for nothing-*',
    ],
  ])('names the one that %s', (_, templates, found) => {
    expect(judgeTemplates(wanted, templates)).toMatchObject([
      { outcome: 'failed', subject: 'index template shop-jaeger-span', found },
      { outcome: 'ok' },
    ]);
  });
});

describe('indices', () => {
  const retention = { indexPrefix: 'shop', retentionDays: 7 };
  const now = Date.parse('2026-11-29T12:00:00Z');
  const index = (day: string, blockedBy?: string) => ({ name: `shop-jaeger-span-${day}`, blockedBy });

  it('takes those of the days that are kept, one more for the day and one for the cleaner', () => {
    expect(judgeIndices(retention, [index('2026-11-21'), index('2026-11-29')], now)).toMatchObject([
      { outcome: 'ok', found: '2, the newest shop-jaeger-span-2026-11-29' },
    ]);
  });

  it('takes a stack that no span has come to', () => {
    expect(judgeIndices(retention, [], now)).toMatchObject([{ outcome: 'ok', found: 'none yet: no span has come' }]);
  });

  it("names those of another stack that get this one's templates, however old they are", () => {
    const other = { name: 'web.shop-jaeger-span-2020-01-01' };
    expect(judgeIndices(retention, [index('2026-11-29'), other], now)).toMatchObject([
      { outcome: 'ok', found: '1, the newest shop-jaeger-span-2026-11-29' },
      { outcome: 'warning', subject: 'index web.shop-jaeger-span-2020-01-01' },
    ]);
  });

  it('names each that is too old, or takes no span', () => {
    const found = judgeIndices(
      retention,
      [index('2026-11-20'), index('2026-11-29', 'index.blocks.read_only_allow_delete')],
      now,
    );
    expect(found).toMatchObject([
      {
        outcome: 'failed',
        subject: 'index shop-jaeger-span-2026-11-29',
        found: 'index.blocks.read_only_allow_delete',
      },
      { outcome: 'failed', subject: 'index shop-jaeger-span-2026-11-20', found: 'it is of 2026-11-20' },
    ]);
  });
});

describe('disks of the storage', () => {
  const gibibyte = 2 ** 30;
  const disk = (available: number) => ({
    node: 'a',
    totalBytes: 100 * gibibyte,
    availableBytes: available * gibibyte,
  });
  const marks = (low: string, floodStage: string) => ({ low: { mark: low }, floodStage: { mark: floodStage } });
  const shares = marks('85%', '95%');
  const headrooms = {
    low: { mark: '85%', maxHeadroom: '10GB' },
    floodStage: { mark: '95%', maxHeadroom: '2gb' },
  };
  const noHeadrooms = {
    low: { mark: '85%', maxHeadroom: '-1' },
    floodStage: { mark: '95%', maxHeadroom: '-1' },
  };
  const left = marks('20gb', '5gb');
  const ratios = marks('0.85', '0.95');

  it.each([
    [16, shares, 'ok'],
    [14, shares, 'warning'],
    [4, shares, 'failed'],
    [21, left, 'ok'],
    [19, left, 'warning'],
    [4.9, left, 'failed'],
    [16, ratios, 'ok'],
    [4, ratios, 'failed'],
    [11, headrooms, 'ok'],
    [9, headrooms, 'warning'],
    [3, headrooms, 'warning'],
    [1.9, headrooms, 'failed'],
    [14, noHeadrooms, 'warning'],
    [90, marks('none', '95%'), 'unchecked'],
    [90, marks('85%', 'much'), 'unchecked'],
    [4, marks('none', '95%'), 'failed'],
  ])('of 100 GiB, %d left, with watermarks %o: %s', (available, watermarks, outcome) => {
    expect(judgeDisk(disk(available), watermarks)).toMatchObject({ outcome, subject: 'disk of storage node a' });
  });
});
