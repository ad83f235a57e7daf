import * as z from 'zod';
import { components, needs } from '../check.ts';
import { outcomes } from '../finding.ts';
import type { Report } from './report.ts';

const [ok, ...unsound] = outcomes;
const count = z.int().min(0);
const seconds = z.number().min(0);

const findingFields = {
  subject: z.string().meta({ description: 'what was looked at, such as Deployment tracing/jaeger-collector' }),
  expected: z.string(),
  found: z.string(),
  seconds: seconds
    .exactOptional()
    .meta({ description: 'how long what was tried took, such as a span until it was found' }),
};

const finding = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal(ok), ...findingFields }),
  z.strictObject({
    outcome: z.enum(unsound),
    ...findingFields,
    mend: z.string().meta({ description: 'what to do about it' }),
  }),
]);

const result = z.strictObject({
  check: z.string().meta({ description: 'the id of the check, or the name of a probe' }),
  component: z.enum(components),
  title: z.string(),
  outcome: z.enum(outcomes).meta({ description: 'the worst of its findings' }),
  findings: z.array(finding),
  seconds,
});

const notRun = z.strictObject({
  check: z.string(),
  component: z.enum(components),
  title: z.string(),
  why: z.enum(['needs', 'absent', 'ended']).meta({
    description:
      'needs: it needs what was not given; absent: the deployment has nothing that it is about; ended: the user ended the command before',
  }),
  needs: z.array(z.enum(needs)).meta({ description: 'what it needs and was not given' }),
});

const plot = z.strictObject({
  title: z.string(),
  xLabel: z.string(),
  yLabel: z.string(),
  unit: z.string(),
  series: z.array(z.strictObject({ name: z.string(), points: z.array(z.tuple([z.number(), z.number()])) })),
  note: z.string().exactOptional(),
});

const table = z.strictObject({
  title: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number()]))),
});

/** The shape of the JSON report. Fields may be added to it; what it has keeps its name and meaning while `version` is 1. */
export const jsonReportSchema = z.strictObject({
  version: z.literal(1),
  stack: z.string(),
  context: z.string().nullable().meta({ description: 'null when no cluster was found' }),
  startedAt: z.iso.datetime(),
  seconds,
  ended: z.string().nullable().meta({ description: 'why it ended before it was done; null when it was done' }),
  outcome: z.enum(outcomes).meta({ description: 'the worst of the results; unchecked when there is none' }),
  counts: z.strictObject({ ok: count, warning: count, unchecked: count, failed: count }),
  results: z.array(result),
  notRun: z.array(notRun),
  plots: z.array(plot),
  tables: z.array(table),
});

/** An examination as one object, with everything that any other report has. */
export function jsonReport(report: Report): z.input<typeof jsonReportSchema> {
  return {
    version: 1,
    stack: report.stack,
    context: report.context ?? null,
    startedAt: report.startedAt,
    seconds: rounded(report.seconds),
    ended: report.ended ?? null,
    outcome: report.outcome,
    counts: { ...report.counts },
    results: report.results.map(({ findings, ...rest }) => ({
      ...rest,
      seconds: rounded(rest.seconds),
      findings: findings.map((each) => ({ ...each })),
    })),
    notRun: report.notRun.map((each) => ({ ...each, needs: [...each.needs] })),
    plots: report.plots.map(({ series, ...rest }) => ({
      ...rest,
      series: series.map(({ name, points }) => ({ name, points: points.map(([x, y]) => [x, y]) })),
    })),
    tables: report.tables.map(({ title, columns, rows }) => ({
      title,
      columns: [...columns],
      rows: rows.map((row) => [...row]),
    })),
  };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
