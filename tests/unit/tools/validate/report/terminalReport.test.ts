// @spec S6.3
import { describe, expect, it } from 'vitest';
import { terminalReport } from '../../../../../tools/validate/report/terminalReport.ts';
import {
  blindFinding,
  crampedFinding,
  missingFinding,
  resultOf,
  sampleReport,
  soundFinding,
} from '../../../../support/validateReport.ts';

const plain = { coloured: false, verbose: false };

describe('terminalReport', () => {
  it('folds what is ok to counts, tells everything else in full, and ends with the sum', () => {
    expect(terminalReport(sampleReport(), plain)).toBe(
      [
        'stack dev on context tracewright-dev, 2026-11-29T05:00:57.989Z',
        'objects     1 ok, 1 failed',
        '  FAILED objects-ready: every object is ready (0.3 s)',
        '    Deployment tracing/jaeger-collector',
        '      expected  present',
        '      found     missing',
        '      mend      `npm run up` makes it anew',
        'workloads   1 warning',
        '  warning replicas-spread: replicas are spread (0.3 s)',
        '    Pod tracing/jaeger-collector-0',
        '      expected  replicas on different nodes',
        '      found     both on node-1',
        '      mend      add a node',
        'access      1 could not be checked',
        '  could not be checked roles-bound: every role is bound (0.3 s)',
        '    roles-bound',
        '      expected  every role is bound',
        '      found     the API server refuses it (403): roles is forbidden',
        '      mend      run validate as one who may',
        'endpoints   1 ok',
        'Losses',
        '┌─────────────────┬───────┐',
        '│ where           │ spans │',
        '├─────────────────┼───────┤',
        '│ collector queue │   900 │',
        '│ agent           │     0 │',
        '└─────────────────┴───────┘',
        'plots, drawn in the report of --html: Spans stored',
        'not run, needs --prometheus URL: alerts-quiet',
        'not run, this deployment has none of it: kafka-lag',
        'FAILED: 2 ok, 1 warning, 1 could not be checked, 1 failed, in 14.2 s',
        '',
      ].join('\n'),
    );
  });

  it('shows what is ok as well when that is asked for', () => {
    const lines = terminalReport(sampleReport(), { ...plain, verbose: true }).split('\n');
    expect(lines.slice(1, 6)).toEqual([
      'objects     1 ok, 1 failed',
      '  ok objects-present: every object that the stack declares is in the cluster (0.3 s)',
      '    Deployment tracing/jaeger-query: present',
      '  FAILED objects-ready: every object is ready (0.3 s)',
      '    Deployment tracing/jaeger-query: present',
    ]);
    expect(lines).toContain('    a span over gRPC: present (1.5 s)');
  });

  it('puts together what is the same of several subjects, and tells the worst first', () => {
    const other = { ...missingFinding, subject: 'Service tracing/jaeger-collector' };
    const results = [resultOf('failed', [crampedFinding, missingFinding, soundFinding, other])];
    expect(terminalReport(sampleReport({ results }), plain).split('\n').slice(3, 12)).toEqual([
      '    Deployment tracing/jaeger-collector',
      '    Service tracing/jaeger-collector',
      '      expected  present',
      '      found     missing',
      '      mend      `npm run up` makes it anew',
      '    Pod tracing/jaeger-collector-0',
      '      expected  replicas on different nodes',
      '      found     both on node-1',
      '      mend      add a node',
    ]);
  });

  it('tells a reason for which three checks could see nothing once', () => {
    const checks = ['one', 'two', 'three'];
    const results = checks.map((check) => resultOf('unchecked', [{ ...blindFinding, subject: check }], { check }));
    const lines = terminalReport(sampleReport({ results, notRun: [], tables: [], plots: [] }), plain).split('\n');
    expect(lines.slice(1)).toEqual([
      'objects     3 could not be checked',
      '3 checks could not look, for one reason',
      '      found     the API server refuses it (403): roles is forbidden',
      '      mend      run validate as one who may',
      '      checks    one, two, three',
      'could not be checked: 3 could not be checked, in 14.2 s',
      '',
    ]);
  });

  it('tells it once also of checks that met it at each of their objects, and not of those that saw something', () => {
    const blind = (subject: string) => ({ ...blindFinding, subject });
    const results = [
      ...['one', 'two', 'three'].map((check) => resultOf('unchecked', [blind('a'), blind('b')], { check })),
      resultOf('unchecked', [blind('c'), soundFinding], { check: 'four' }),
    ];
    const lines = terminalReport(sampleReport({ results, notRun: [], tables: [], plots: [] }), plain).split('\n');
    expect(lines.filter((line) => line.startsWith('      checks'))).toEqual(['      checks    one, two, three']);
    expect(lines).toContain('    c');
    expect(lines).not.toContain('    a');
  });

  it('indents the lines of a long text', () => {
    const results = [resultOf('failed', [{ ...missingFinding, found: 'first\nsecond' }])];
    expect(terminalReport(sampleReport({ results }), plain)).toContain(
      '      found     first\n                second\n',
    );
  });

  it('says that no cluster was found, that nothing was checked, and why it ended', () => {
    const { context: _, ...without } = sampleReport();
    const report = {
      ...without,
      results: [],
      notRun: [],
      tables: [],
      plots: [],
      ended: 'ended by SIGINT',
      outcome: 'unchecked' as const,
    };
    expect(terminalReport(report, plain).split('\n')).toEqual([
      'stack dev on no cluster, 2026-11-29T05:00:57.989Z',
      'ended by SIGINT: what was found by then is above',
      'nothing was checked, in 14.2 s',
      '',
    ]);
  });

  it('colours only where colours are wanted', () => {
    const isColoured = (text: string): boolean => text.includes('\u001b[');
    expect(isColoured(terminalReport(sampleReport(), plain))).toBe(false);
    expect(terminalReport(sampleReport(), { ...plain, coloured: true })).toContain('\u001b[31mFAILED\u001b[39m');
  });

  it('lets no text of others command a terminal or a runner', () => {
    const found = 'a\u001b[2Jb\u202e\n::set-env name=x::y\n##[error]z';
    const text = terminalReport(sampleReport({ results: [resultOf('failed', [{ ...missingFinding, found }])] }), plain);
    expect(text).toContain(String.raw`a\u001b[2Jb\u202e`);
    expect(text).toContain(String.raw`\::set-env name=x::y`);
    expect(text).toContain(String.raw`#\#[error]z`);
  });
});
