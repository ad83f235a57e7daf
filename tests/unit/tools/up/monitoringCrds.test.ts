import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { KubeConfig } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { parseStackArguments } from '../../../../infra/schema/parseStackConfig.ts';
import {
  judgeMonitoring,
  MissingMonitoringCrdsError,
  requireMonitoringCrds,
} from '../../../../tools/up/monitoringCrds.ts';

const all = ['Alertmanager', 'PodMonitor', 'PrometheusRule'];
const prometheus = { namespace: 'monitoring' };
const config = (prometheusOperator: boolean, network: object = { prometheus }) =>
  parseStackArguments({ monitoring: { prometheusOperator }, network }, 'dev');

describe('a cluster', () => {
  it.each([
    [['PodMonitor'], 'prometheusrules.monitoring.coreos.com'],
    [[], 'podmonitors.monitoring.coreos.com, prometheusrules.monitoring.coreos.com'],
  ])('that serves %j is refused for the operator, by the names of the CRDs that it lacks', (served, lacks) => {
    expect(() => judgeMonitoring(served, config(true))).toThrow(MissingMonitoringCrdsError);
    expect(() => judgeMonitoring(served, config(true))).toThrow(`the cluster lacks the CRDs ${lacks} (v1)`);
  });

  it('with the operator is fine where the configuration asks for it and lets Prometheus in', () => {
    expect(judgeMonitoring(all, config(true))).toEqual([]);
    expect(judgeMonitoring(all, config(true, { unenforced: true }))).toEqual([]);
  });

  it('whose Prometheus is not let in is told of', () => {
    expect(judgeMonitoring(all, config(true, {}))).toEqual([
      'the network policies let no Prometheus in, and every target will be down: say where it is in network.prometheus',
    ]);
  });

  it('with an operator that is not asked for is told of the key', () => {
    expect(judgeMonitoring(all, config(false))).toEqual([
      'the cluster has the Prometheus operator: monitoring.prometheusOperator: true makes PodMonitors and alerts for it',
    ]);
    expect(judgeMonitoring([], config(false))).toEqual([]);
  });
});

describe('the API server', () => {
  const answers = [
    {
      status: 200,
      body: { resources: all.map((kind) => ({ kind, name: kind, namespaced: true, verbs: [] })) },
      found: 1,
    },
    { status: 404, body: { kind: 'Status', code: 404 }, found: 0 },
  ];
  it.each(answers)('that answers $status to discovery is understood', async ({ status, body, found }) => {
    const asked: string[] = [];
    const server = createServer(({ url }, response) => {
      asked.push(url ?? '');
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const kube = new KubeConfig();
    kube.loadFromClusterAndUser(
      { name: 'test', server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, skipTLSVerify: true },
      { name: 'test' },
    );
    try {
      expect(await requireMonitoringCrds(kube, config(false))).toHaveLength(found);
    } finally {
      server.close().closeAllConnections();
    }
    expect(asked).toEqual(['/apis/monitoring.coreos.com/v1']);
  });
});
