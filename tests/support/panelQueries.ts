import { z } from 'zod';

const variable = z.object({ name: z.string(), type: z.string(), definition: z.string().optional() });
const target = z.object({ refId: z.string(), expr: z.string(), exemplar: z.boolean().optional() });
const panel = z.object({ title: z.string(), type: z.string(), targets: z.array(target).default([]) });
const dashboard = z.object({
  title: z.string(),
  templating: z.object({ list: z.array(variable) }),
  panels: z.array(panel),
});

/** A series at one instant. */
export interface QueriedSample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Asks a Prometheus for the series that an expression has now. */
export type AskPrometheus = (expression: string) => Promise<readonly QueriedSample[]>;

/** One query of a panel, with the dashboard's variables as Grafana would put them in. */
export interface PanelQuestion {
  /** `Tracewright / Pipeline: Queue in use, A`. */
  readonly name: string;
  readonly expr: string;
  readonly exemplars: boolean;
}

/** How Grafana would ask. */
export interface PanelQueryOptions {
  /** What `$__rate_interval` is: four times as long as the time between two scrapes, at least. */
  readonly rateInterval: string;
}

/**
 * Every query of a dashboard, with all values of each variable chosen: those that the Prometheus has, one list after the other.
 *
 * @param text - the dashboard's JSON
 * @throws Error when a variable has no value, or a query has one that the dashboard does not have
 */
export async function panelQuestions(
  text: string,
  ask: AskPrometheus,
  { rateInterval }: PanelQueryOptions,
): Promise<readonly PanelQuestion[]> {
  const { title, templating, panels } = dashboard.parse(JSON.parse(text));
  const values = new Map<string, string>([['__rate_interval', rateInterval]]);
  for (const { name, type, definition = '' } of templating.list)
    if (type === 'query') values.set(name, chosen(await labelValues(definition, values, ask)));
  return panels.flatMap((shown) =>
    shown.targets.map(({ refId, expr, exemplar = false }) => ({
      name: `${title}: ${shown.title}, ${refId}`,
      expr: substituted(expr, values),
      exemplars: exemplar,
    })),
  );
}

/**
 * What is wrong with queries, one line each: there is a metric that Prometheus does not know, though an expression as a whole may
 * have a value without it; or there is no number at all, no series or only such without a value (`NaN`).
 */
export async function withoutData(questions: readonly PanelQuestion[], ask: AskPrometheus): Promise<readonly string[]> {
  const problems = await Promise.all(
    questions.map(async ({ name, expr }) => {
      const unknown = await unknownMetrics(expr, ask);
      if (unknown.length > 0) return [`${name}: there is no ${unknown.join(', ')}`];
      const samples = await ask(expr);
      return samples.some(({ value }) => !Number.isNaN(value)) ? [] : [`${name}: no data: ${expr}`];
    }),
  );
  return problems.flat();
}

async function unknownMetrics(expr: string, ask: AskPrometheus): Promise<readonly string[]> {
  const metrics = new Set([...expr.matchAll(/([a-zA-Z_:][\w:]*)\{/g)].map(([, metric = '']) => metric));
  const counts = await Promise.all([...metrics].map((metric) => ask(`count(${metric})`)));
  return [...metrics].filter((_, index) => counts[index]?.length === 0);
}

/**
 * A text with values in the place of variables.
 *
 * @throws Error when it names a variable that has no value
 */
export function substituted(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, inBraces: string | undefined, bare: string | undefined) => {
    const name = inBraces ?? bare ?? '';
    const value = values.get(name);
    if (value === undefined) throw new Error(`$${name} has no value: ${text}`);
    return value;
  });
}

/** Several values as Grafana writes them for Prometheus: a regular expression within a string of PromQL. */
export function chosen(values: readonly string[]): string {
  const escaped = values.map((value) => value.replace(/[\\^$*+?.()|{}[\]]/g, '\\\\$&'));
  return escaped.length === 1 ? (escaped[0] ?? '') : `(${escaped.join('|')})`;
}

async function labelValues(
  definition: string,
  values: ReadonlyMap<string, string>,
  ask: AskPrometheus,
): Promise<readonly string[]> {
  const [, series, label] = /^label_values\((.+), (\w+)\)$/.exec(definition) ?? [];
  if (series === undefined || label === undefined) throw new Error(`not a list of a label's values: ${definition}`);
  const samples = await ask(`group by (${label}) (${substituted(series, values)})`);
  const found = samples.map(({ labels }) => labels[label]).filter((value) => value !== undefined);
  if (found.length === 0) throw new Error(`nothing to choose from: ${substituted(definition, values)}`);
  return found.sort();
}
