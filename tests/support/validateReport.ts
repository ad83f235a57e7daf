import type { CheckResult } from '../../tools/validate/check.ts';
import type { Finding } from '../../tools/validate/finding.ts';
import { createReport, type Report, type ReportParts } from '../../tools/validate/report/report.ts';

/** A finding of each outcome. */
export const soundFinding: Finding = {
  outcome: 'ok',
  subject: 'Deployment tracing/jaeger-query',
  expected: 'present',
  found: 'present',
};
export const missingFinding: Finding = {
  outcome: 'failed',
  subject: 'Deployment tracing/jaeger-collector',
  expected: 'present',
  found: 'missing',
  mend: '`npm run up` makes it anew',
};
export const crampedFinding: Finding = {
  outcome: 'warning',
  subject: 'Pod tracing/jaeger-collector-0',
  expected: 'replicas on different nodes',
  found: 'both on node-1',
  mend: 'add a node',
};
export const blindFinding: Finding = {
  outcome: 'unchecked',
  subject: 'roles-bound',
  expected: 'every role is bound',
  found: 'the API server refuses it (403): roles is forbidden',
  mend: 'run validate as one who may',
};

/** A result with some findings, as bad as the worst of them is said to be. */
export function resultOf(
  outcome: CheckResult['outcome'],
  findings: readonly Finding[],
  others: Partial<CheckResult> = {},
): CheckResult {
  const title = 'every object that the stack declares is in the cluster';
  return { check: 'objects-present', component: 'objects', title, outcome, findings, seconds: 0.25, ...others };
}

/** An examination in which each outcome is there once, with a plot and a table. */
export function sampleReport(others: Partial<ReportParts> = {}): Report {
  return createReport({
    stack: 'dev',
    context: 'tracewright-dev',
    startedAt: '2026-11-29T05:00:57.989Z',
    seconds: 14.21,
    results: [
      resultOf('ok', [soundFinding]),
      resultOf('failed', [soundFinding, missingFinding], { check: 'objects-ready', title: 'every object is ready' }),
      resultOf('warning', [crampedFinding], {
        check: 'replicas-spread',
        component: 'workloads',
        title: 'replicas are spread',
      }),
      resultOf('unchecked', [blindFinding], {
        check: 'roles-bound',
        component: 'access',
        title: 'every role is bound',
      }),
      resultOf('ok', [{ ...soundFinding, subject: 'a span over gRPC', seconds: 1.5 }], {
        check: 'grpc-takes-spans',
        component: 'endpoints',
        title: 'a span that is sent over gRPC is found',
        seconds: 2,
      }),
    ],
    notRun: [
      { check: 'alerts-quiet', component: 'monitoring', title: 'no alert fires', why: 'needs', needs: ['prometheus'] },
      { check: 'kafka-lag', component: 'streaming', title: 'no partition lags', why: 'absent', needs: [] },
    ],
    plots: [
      {
        title: 'Spans stored',
        xLabel: 'spans offered per second',
        yLabel: 'spans stored',
        unit: 'spans/s',
        series: [
          {
            name: 'collector',
            points: [
              [1000, 1000],
              [2000, 1990],
              [4000, 3100],
            ],
          },
          {
            name: 'agent',
            points: [
              [1000, 990],
              [4000, 2500],
            ],
          },
        ],
        note: 'Stopped at the third step: the collector was full.',
      },
    ],
    tables: [
      {
        title: 'Losses',
        columns: ['where', 'spans'],
        rows: [
          ['collector queue', 900],
          ['agent', 0],
        ],
      },
    ],
    ...others,
  });
}
