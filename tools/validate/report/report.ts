import type { CheckResult } from '../check.ts';
import { outcomes, worstOf, type Outcome } from '../finding.ts';
import type { NotRun } from '../runChecks.ts';
import type { Plot, PlotSeries, ReportTable } from './plot.ts';

/** What an examination found, as every report tells it. */
export interface Report {
  readonly stack: string;
  /** Name of the context whose cluster was examined; missing when it could not be found. */
  readonly context?: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** How long it took altogether. */
  readonly seconds: number;
  /** Why it ended before it was done, such as `ended by SIGINT`; missing when it was done. */
  readonly ended?: string;
  /** The worst of the results; `unchecked` when nothing was run. */
  readonly outcome: Outcome;
  /** How many results came to what. */
  readonly counts: Readonly<Record<Outcome, number>>;
  /** Of the checks, then of the probes (`--performance`, `--simulate-errors`). */
  readonly results: readonly CheckResult[];
  readonly notRun: readonly NotRun[];
  readonly plots: readonly Plot[];
  readonly tables: readonly ReportTable[];
}

/** What a probe has found: something beside the checks that examines a deployment, such as a load that grows in steps. */
export interface ProbeResult {
  readonly results: readonly CheckResult[];
  /** @defaultValue none */
  readonly plots?: readonly Plot[];
  /** @defaultValue none */
  readonly tables?: readonly ReportTable[];
}

/** The exit code of an examination; 1 is for a command that could not do what it was asked for. */
export const exitCodes: Readonly<Record<Outcome, number>> = { ok: 0, warning: 2, unchecked: 3, failed: 4 };

/** Everything of a report that does not follow from its results. */
export type ReportParts = Omit<Report, 'outcome' | 'counts'>;

/** Puts a report together. Numbers that are none, such as a rate of no seconds, are left out of plots, and are texts in tables. */
export function createReport(parts: ReportParts): Report {
  const found = parts.results.map(({ outcome }) => outcome);
  const count = (wanted: Outcome): number => found.filter((outcome) => outcome === wanted).length;
  return {
    ...parts,
    plots: parts.plots.map((plot) => ({ ...plot, series: plot.series.map(finitePoints) })),
    tables: parts.tables.map((table) => ({ ...table, rows: table.rows.map((row) => row.map(finiteCell)) })),
    outcome: found.length === 0 ? 'unchecked' : worstOf(found),
    counts: { ok: count('ok'), warning: count('warning'), unchecked: count('unchecked'), failed: count('failed') },
  };
}

function finitePoints({ name, points }: PlotSeries): PlotSeries {
  return { name, points: points.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y)) };
}

function finiteCell(cell: string | number): string | number {
  return typeof cell === 'number' && !Number.isFinite(cell) ? '–' : cell;
}

/** The outcomes from the worst to the best, as reports show them. */
export const worstFirst: readonly Outcome[] = outcomes.toReversed();
