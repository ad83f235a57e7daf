import { describe, expect, it } from 'vitest';
import { parseStackArguments } from '../../../../infra/schema/parseStackConfig.ts';
import { configProblemLines } from './configProblemLines.ts';

const problems = (monitoring: unknown): string[] =>
  configProblemLines(() => parseStackArguments({ monitoring }, 'dev'));

describe('monitoring', () => {
  it('is by annotations, and not by the operator, unless something else is said', () => {
    expect(parseStackArguments({}, 'dev').monitoring).toEqual({
      annotations: true,
      prometheusOperator: false,
      labels: {},
      runbookBaseUrl: 'https://tracewright.dev/runbooks',
    });
  });

  it.each([
    ...['https://wiki.example/tracing/runbooks', 'http://127.0.0.1:8080', 'https://wiki.example:8443/a~b/%20c'],
    ...['https://git.example/docs/runbooks/{alert}.md', 'https://wiki.example/{alert}'],
  ])('takes %s for the runbooks', (runbookBaseUrl) => expect(problems({ runbookBaseUrl })).toEqual([]));

  it.each([
    ...['wiki.example/runbooks', 'ftp://wiki.example', 'https://wiki.example/', 'https://wiki.example/r?x=1'],
    ...[
      'https://wiki.example/r#x',
      'javascript:alert(1)',
      '',
      7,
      'https://wiki.example/{alert}/x',
      'https://wiki.example/x{alert}',
    ],
  ])('refuses %j for the runbooks', (runbookBaseUrl) => {
    expect(problems({ runbookBaseUrl })).toEqual([
      `monitoring.runbookBaseUrl = ${JSON.stringify(runbookBaseUrl)}: must be an http or https address without a slash at its end, query or fragment`,
    ]);
  });

  it('refuses labels that Kubernetes would', () => {
    expect(problems({ labels: { 'a b': 'x' } })).toHaveLength(1);
    expect(problems({ labels: { release: 'a b' } })).toEqual([
      'monitoring.labels.release = "a b": must be the value of a label',
    ]);
  });

  it('refuses what is no switch, and names the key that was meant', () => {
    expect(problems({ prometheusOperator: 'yes' })).toEqual([
      'monitoring.prometheusOperator = "yes": must be true or false',
    ]);
    expect(problems({ prometheusOperater: true })[0]).toContain('did you mean "prometheusOperator"?');
  });
});
