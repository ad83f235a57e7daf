import { requestOnePod } from '../../../kube/requestPod.ts';
import { exampleNamespace } from '../../../up/example.ts';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { describeRefusal } from '../../refusal.ts';
import { metricNames } from '../monitoring/neededMetrics.ts';
import { examplePorts, hasExample, readExampleServices } from './exampleServices.ts';
import { untilMeasured } from './untilMeasured.ts';

/** A metric of each signal that is there from the beginning, whatever has happened. */
const signalMetrics = {
  spans: 'tracewright_spans_queued',
  requests: 'tracewright_requests_unfinished',
  performance: 'nodejs_eventloop_delay_p99_seconds',
  errors: 'tracewright_errors_groups',
} as const;

/** Prometheus gets all four signals of the example. */
export const exampleMetrics: Check = {
  id: 'example-metrics',
  component: 'runtime',
  title: 'every pod of the example shows metrics of spans, requests, performance and errors',
  applies: hasExample,
  timeoutSeconds: 90,
  run: async ({ deployment, signal }) => {
    const kube = await deployment.kube();
    const pods = (await readExampleServices(kube)).flatMap((service) => service.pods);
    return Promise.all(
      pods.map(async (pod): Promise<Finding> => {
        const subject = `Pod ${exampleNamespace}/${pod}`;
        try {
          const place = { namespace: exampleNamespace, pod, port: examplePorts.metrics };
          const [finding] = await untilMeasured(signal, async () => {
            const { status, body } = await requestOnePod(kube, place, { path: '/metrics', signal });
            return [judgeSignals(subject, status, body)] as const;
          });
          return finding;
        } catch (error) {
          if (signal.aborted) throw error;
          const expected = 'metrics of all four signals';
          const mend = 'METRICS_PORT of its environment says where they are: `npm run up` deploys it as it belongs';
          return { outcome: 'failed', subject, expected, found: describeRefusal(error).found, mend };
        }
      }),
    );
  },
};

/** Which signals an exposition has. */
export function judgeSignals(subject: string, status: number, exposition: string): Finding {
  const expected = 'metrics of all four signals';
  const mend = 'see what its environment switches off (REQUEST_TRACKING, PERFORMANCE_MONITORING, ERROR_TRACKING)';
  if (status !== 200) return { outcome: 'failed', subject, expected, found: `an answer of ${status}`, mend };
  const names = metricNames(exposition);
  const missing = Object.entries(signalMetrics).filter(([, metric]) => !names.has(metric));
  if (missing.length === 0) return { outcome: 'ok', subject, expected, found: `${names.size} metrics, of all four` };
  return { outcome: 'failed', subject, expected, found: `none of ${missing.map(([name]) => name).join(', ')}`, mend };
}
