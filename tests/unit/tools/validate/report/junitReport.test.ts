// @spec S6.3
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { junitReport } from '../../../../../tools/validate/report/junitReport.ts';
import { missingFinding, resultOf, sampleReport } from '../../../../support/validateReport.ts';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  isArray: (name) => name === 'testcase' || name === 'testsuite',
});

interface Suite {
  readonly testcase: readonly Readonly<Record<string, unknown>>[];
  readonly [attribute: string]: unknown;
}

function parsed(text: string): { readonly suites: readonly Suite[]; readonly [attribute: string]: unknown } {
  const { testsuites } = parser.parse(text) as {
    testsuites: Record<string, unknown> & { testsuite: readonly Suite[] };
  };
  return { ...testsuites, suites: testsuites.testsuite };
}

describe('junitReport', () => {
  it('counts what failed as failures, what could not be checked as errors, and what was not run as skipped', () => {
    expect(parsed(junitReport(sampleReport()))).toMatchObject({
      '@name': 'tracewright-validate dev',
      '@tests': '7',
      '@failures': '1',
      '@errors': '1',
      '@skipped': '2',
      '@time': '14.210',
    });
  });

  it('has a suite for each component, and a case for each check', () => {
    const { suites } = parsed(junitReport(sampleReport()));
    expect(suites.map((suite) => [suite['@name'], suite['@tests'], suite['@time']])).toEqual([
      ['objects', '2', '0.500'],
      ['workloads', '1', '0.250'],
      ['access', '1', '0.250'],
      ['streaming', '1', '0.000'],
      ['endpoints', '1', '2.000'],
      ['monitoring', '1', '0.000'],
    ]);
    expect(suites[0]?.['@timestamp']).toBe('2026-11-29T05:00:57');
    expect(suites.map(({ testcase }) => testcase)).toEqual([
      [
        {
          '@classname': 'validate.objects',
          '@name': 'objects-present: every object that the stack declares is in the cluster',
          '@time': '0.250',
        },
        {
          '@classname': 'validate.objects',
          '@name': 'objects-ready: every object is ready',
          '@time': '0.250',
          failure: {
            '@message': 'Deployment tracing/jaeger-collector: missing',
            '@type': 'objects-ready',
            '#text':
              'Deployment tracing/jaeger-collector\n  expected  present\n  found     missing\n  mend      `npm run up` makes it anew',
          },
        },
      ],
      [
        {
          '@classname': 'validate.workloads',
          '@name': 'replicas-spread: replicas are spread',
          '@time': '0.250',
          'system-out':
            'Pod tracing/jaeger-collector-0\n  expected  replicas on different nodes\n  found     both on node-1\n  mend      add a node',
        },
      ],
      [
        {
          '@classname': 'validate.access',
          '@name': 'roles-bound: every role is bound',
          '@time': '0.250',
          error: {
            '@message': 'roles-bound: the API server refuses it (403): roles is forbidden',
            '@type': 'roles-bound',
            '#text':
              'roles-bound\n  expected  every role is bound\n  found     the API server refuses it (403): roles is forbidden\n  mend      run validate as one who may',
          },
        },
      ],
      [
        {
          '@classname': 'validate.streaming',
          '@name': 'kafka-lag: no partition lags',
          '@time': '0.000',
          skipped: { '@message': 'this deployment has none of it', '@type': 'kafka-lag' },
        },
      ],
      [
        {
          '@classname': 'validate.endpoints',
          '@name': 'grpc-takes-spans: a span that is sent over gRPC is found',
          '@time': '2.000',
        },
      ],
      [
        {
          '@classname': 'validate.monitoring',
          '@name': 'alerts-quiet: no alert fires',
          '@time': '0.000',
          skipped: { '@message': 'needs --prometheus URL', '@type': 'alerts-quiet' },
        },
      ],
    ]);
  });

  it('stays XML whatever the texts are', () => {
    const found = `</failure>]]>"'&<!-- \u0000\u001b\ud83d \ufffe`;
    const { suites } = parsed(
      junitReport(sampleReport({ results: [resultOf('failed', [{ ...missingFinding, found }])] })),
    );
    expect(suites[0]?.testcase[0]?.['failure']).toMatchObject({
      '#text': expect.stringContaining(`found     </failure>]]>"'&<!-- \ufffd\ufffd\ufffd \ufffd`) as unknown,
    });
  });
});
