import { describe, expect, it } from 'vitest';
import { IndexCleaner } from '../../../../infra/components/indexCleaner.ts';
import { waitForWayScript } from '../../../../infra/jaeger/waitForWay.ts';
import { connection, credentials, tls } from '../jaeger/connection.ts';
import { deployed } from './deployed.ts';

async function cronJob(changes = {}) {
  const storage = { ...connection, ...changes };
  const args = { namespace: 'jaeger', images: { jaegerVersion: '1.50.0' }, storage, schedule: '5 4 * * *' };
  const { object } = await deployed((options) => new IndexCleaner('cleaner', args, options));
  return object('CronJob', 'jaeger-index-cleaner');
}

/** A CronJob whose pod has this container. */
const withContainer = (container: object) => ({
  spec: { jobTemplate: { spec: { template: { spec: { containers: [container] } } } } },
});

describe('IndexCleaner', () => {
  it('keeps one calendar day more than the retention, since Jaeger counts today', async () => {
    expect(await cronJob({ retentionDays: 7 })).toMatchObject(withContainer({ args: ['8', 'http://es:9200'] }));
  });

  it('names its prefix by INDEX_PREFIX, which is not what collector and query call it', async () => {
    expect(await cronJob()).toMatchObject(withContainer({ env: [{ name: 'INDEX_PREFIX', value: 'dev' }] }));
  });

  it('reads the password from the Secret at each run, and the certificates from files', async () => {
    const job = await cronJob({ credentials, tls, urls: ['https://a:9200', 'https://b:9200'] });
    expect(job).toMatchObject(withContainer({ args: ['3', 'https://a:9200'] }));
    const env = expect.arrayContaining([
      { name: 'ES_PASSWORD', valueFrom: { secretKeyRef: { name: 'es', key: 'pw' } } },
      { name: 'ES_TLS_CA', value: '/etc/jaeger/elasticsearch-tls/ca/ca.crt' },
    ]) as unknown;
    expect(job).toMatchObject(withContainer({ env }));
    expect(JSON.stringify(job)).not.toContain('ES_PASSWORD_FILE');
  });

  it('asks only once its pod is let through to the node that it asks', async () => {
    const job = await cronJob({ urls: ['https://a:9200', 'https://b:9200'] });
    const command = ['/bin/sh', '-c', waitForWayScript, 'wait-for-way', 'https://a:9200'];
    const initContainers = [{ name: 'wait-for-way', command }];
    expect(job).toMatchObject({ spec: { jobTemplate: { spec: { template: { spec: { initContainers } } } } } });
  });

  it('runs alone, in UTC, ends by itself and is not started again', async () => {
    expect(await cronJob()).toMatchObject({
      spec: {
        schedule: '5 4 * * *',
        timeZone: 'Etc/UTC',
        concurrencyPolicy: 'Forbid',
        jobTemplate: {
          spec: { activeDeadlineSeconds: 600, backoffLimit: 3, template: { spec: { restartPolicy: 'Never' } } },
        },
      },
    });
  });
});
