import { describe, expect, it } from 'vitest';
import { GrafanaDashboards } from '../../../../infra/components/grafanaDashboards.ts';
import { dashboardFiles } from '../../../../infra/monitoring/dashboards/dashboards.ts';
import { deployed } from './deployed.ts';

const args = {
  namespace: 'tracing',
  jaegerVersion: '1.50.0',
  streaming: false,
  runbookBaseUrl: 'https://wiki.example/runbooks',
};

function made(own: Partial<typeof args> = {}) {
  return deployed((options) => new GrafanaDashboards('dashboards', { ...args, ...own }, options));
}

describe('GrafanaDashboards', () => {
  it('makes a ConfigMap of each dashboard, as Grafana’s sidecar finds it', async () => {
    const { object } = await made();
    for (const { name, fileName, text } of dashboardFiles(args))
      expect(object('ConfigMap', `grafana-dashboard-${name}`)).toMatchObject({
        metadata: {
          namespace: 'tracing',
          labels: { grafana_dashboard: '1', 'app.kubernetes.io/name': 'grafana-dashboards' },
          annotations: { grafana_folder: 'Tracewright' },
        },
        data: { [fileName]: text },
      });
  });

  it.each([
    [false, ['grafana-dashboard-pipeline', 'grafana-dashboard-applications']],
    [true, ['grafana-dashboard-pipeline', 'grafana-dashboard-streaming', 'grafana-dashboard-applications']],
  ])('shows the way through Kafka where there is one: %s', async (streaming, names) => {
    const { resources } = await made({ streaming });
    const configMaps = resources.filter(({ type }) => type === 'kubernetes:core/v1:ConfigMap');
    expect(configMaps.map(({ inputs }) => (inputs['metadata'] as { name: string }).name)).toEqual(names);
  });
});
