import * as z from 'zod';
import { mapping, text } from './fields.ts';
import { podLabels } from './networkFields.ts';

/** How Prometheus finds the stack, and where its alerts lead. */
export const monitoringSchema = mapping(
  {
    annotations: z
      .boolean({ error: 'must be true or false' })
      .default(true)
      .describe(
        'Whether pods carry the annotations "prometheus.io/scrape", "/port" and "/path", by which many a Prometheus finds what it scrapes.',
      ),
    prometheusOperator: z
      .boolean({ error: 'must be true or false' })
      .default(false)
      .describe(
        'Makes PodMonitors and a PrometheusRule, for the Prometheus operator. The cluster must have their CRDs: "up" looks before it ' +
          'changes anything. A program of your own finds out at the deployment.',
      ),
    labels: podLabels(
      'Labels of PodMonitors and the PrometheusRule, where the operator selects by some: "release: kube-prometheus-stack" is usual. Without "prometheusOperator" they do nothing.',
    ).default({}),
    runbookBaseUrl: text({
      pattern: /^https?:\/\/[A-Za-z0-9.-]+(:\d{1,5})?(\/[A-Za-z0-9._~%-]+)*(\/\{alert\}[A-Za-z0-9._~%-]*)?$/,
      allowed: 'an http or https address without a slash at its end, query or fragment',
      description:
        "Where you have put the runbooks (docs/runbooks): an alert's page is at this address, a slash, and the alert's name; or at the address that " +
        '"{alert}" at its end makes with the name: "https://git.example/tracing/docs/runbooks/{alert}.md". At the default there are no pages yet.',
    }).default('https://tracewright.dev/runbooks'),
  },
  'How Prometheus finds the stack, and where its alerts lead. Prometheus is let in by "network.prometheus".',
).prefault({});
