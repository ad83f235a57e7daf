import { z } from 'zod';

const dataSource = z.object({ type: z.string(), uid: z.string() });
const target = z.object({
  refId: z.string().min(1),
  expr: z.string().min(1),
  legendFormat: z.string().min(1),
  datasource: dataSource,
});
const step = z.object({ value: z.number().nullable(), color: z.string() });
const grid = z.object({ x: z.int().min(0), y: z.int().min(0), w: z.int().min(1).max(24), h: z.int().min(1) });
const row = z.object({ type: z.literal('row'), id: z.int().min(1), title: z.string().min(1), gridPos: grid });
const panel = z.object({
  type: z.enum(['timeseries', 'stat']),
  id: z.int().min(1),
  title: z.string().min(1),
  description: z.string().min(1),
  gridPos: grid,
  datasource: dataSource,
  targets: z.array(target).min(1),
  fieldConfig: z.object({
    defaults: z.object({ unit: z.string().min(1), thresholds: z.object({ steps: z.array(step).min(1) }) }),
  }),
});
const variable = z.object({
  name: z.string(),
  type: z.enum(['query', 'datasource', 'constant']),
  query: z.union([z.string(), z.object({ query: z.string() })]),
});

/** What Grafana demands of a dashboard that is provisioned, and what a reader does. */
const dashboard = z.object({
  // Of one Grafana's database, and refused or overwritten by another.
  id: z.undefined().optional(),
  uid: z.string().regex(/^tracewright-[a-z-]{1,28}$/),
  title: z.string().min(1),
  description: z.string().min(1),
  tags: z.tuple([z.literal('tracewright')]),
  schemaVersion: z.int().min(36),
  editable: z.literal(false),
  timezone: z.literal('browser'),
  refresh: z.string().regex(/^\d+[sm]$/),
  time: z.object({ from: z.string().regex(/^now-/), to: z.literal('now') }),
  links: z.array(z.object({ title: z.string().min(1), url: z.string().default(''), tags: z.array(z.string()) })),
  templating: z.object({ list: z.array(variable) }),
  panels: z.array(z.discriminatedUnion('type', [row, panel])),
});

type Dashboard = z.infer<typeof dashboard>;
type Panel = z.infer<typeof panel>;

/** All that is wrong with a dashboard, one line each. @param json - its JSON, parsed */
export function dashboardProblems(json: unknown): readonly string[] {
  const parsed = dashboard.safeParse(json);
  if (!parsed.success) return parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  const { panels } = parsed.data;
  const shown = panels.filter((each) => each.type !== 'row');
  return [
    ...repeated(panels.map(({ id }) => String(id))).map((id) => `two panels have the id ${id}`),
    ...repeated(shown.map(({ title }) => title)).map((title) => `two panels are called ${title}`),
    ...overlaps(parsed.data),
    ...variableProblems(parsed.data, shown),
    ...shown.flatMap((each) => panelProblems(each).map((problem) => `${each.title}: ${problem}`)),
  ];
}

function repeated(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

function overlaps({ panels }: Dashboard): readonly string[] {
  const taken = new Map<string, string>();
  return panels.flatMap(({ title, gridPos: { x, y, w, h } }) => {
    if (x + w > 24) return [`${title}: is wider than the grid`];
    const cells = Array.from({ length: w * h }, (_, index) => `${x + (index % w)} ${y + Math.floor(index / w)}`);
    const under = cells.map((cell) => taken.get(cell)).find((other) => other !== undefined);
    for (const cell of cells) taken.set(cell, title);
    return under === undefined ? [] : [`${title}: lies on ${under}`];
  });
}

function variableProblems({ templating: { list }, links }: Dashboard, panels: readonly Panel[]): readonly string[] {
  const names = list.map(({ name }) => name);
  const texts = [
    ...list.map(({ query }) => (typeof query === 'string' ? query : query.query)),
    ...links.map(({ url }) => url),
    ...panels.flatMap(({ datasource, targets }) => [datasource.uid, ...targets.map(({ expr }) => expr)]),
  ];
  const used = new Set(texts.flatMap(variablesIn));
  const known = [...names, '__rate_interval'];
  return [
    ...repeated(names).map((name) => `two variables are called ${name}`),
    ...[...used].filter((name) => !known.includes(name)).map((name) => `there is no variable ${name}`),
    ...names.filter((name) => !used.has(name)).map((name) => `nothing uses the variable ${name}`),
  ];
}

function variablesIn(text: string): readonly string[] {
  return [...text.matchAll(/\$\{?(\w+)/g)].map(([, name = '']) => name);
}

function panelProblems({ datasource, targets, fieldConfig }: Panel): readonly string[] {
  const { steps } = fieldConfig.defaults.thresholds;
  const values = steps.map(({ value }) => value ?? Number.NEGATIVE_INFINITY);
  const sources = [datasource, ...targets.map((each) => each.datasource)];
  return [
    ...(sources.every(({ uid }) => uid === '${datasource}') ? [] : ['does not ask the data source that is chosen']),
    ...(steps[0]?.value === null ? [] : ['has no colour for what is below its thresholds']),
    ...(values.every((value, index) => value > (values[index - 1] ?? Number.NEGATIVE_INFINITY) || index === 0)
      ? []
      : ['has thresholds that do not rise']),
    ...repeated(targets.map(({ refId }) => refId)).map((refId) => `two queries are called ${refId}`),
    ...targets.flatMap(({ refId, expr, legendFormat }) =>
      [...selectorProblems(expr), ...rateProblems(expr), ...legendProblems(expr, legendFormat)].map(
        (problem) => `${refId} ${problem}`,
      ),
    ),
  ];
}

function selectorProblems(expr: string): readonly string[] {
  return [...expr.matchAll(/(\w+)\{([^}]*)\}/g)]
    .filter(
      ([, , matchers = '']) =>
        !['namespace', 'job', 'instance'].every((name) => matchers.includes(`${name}=~"$${name}"`)),
    )
    .map(([, metric = '']) => `asks for ${metric} of what is not selected`);
}

/** A rate over a fixed time is empty where scrapes are further apart, and loses peaks where the graph is of days. */
function rateProblems(expr: string): readonly string[] {
  return [...expr.matchAll(/\b(i?rate)\([^[]*\[([^\]]+)\]/g)]
    .filter(([, , range = '']) => range !== '$__rate_interval')
    .map(([, name = '', range = '']) => `has a ${name} over ${range}`);
}

/** Labels that the legend names, and the outermost sum left out. */
function legendProblems(expr: string, legend: string): readonly string[] {
  const [, kept] = /^(?:\w+\([\d.]+, )?(?:sum|max) by \(([^)]*)\)/.exec(expr) ?? [];
  if (kept === undefined) return [];
  const labels = kept.split(', ');
  return [...legend.matchAll(/\{\{(\w+)\}\}/g)]
    .map(([, label = '']) => label)
    .filter((label) => !labels.includes(label))
    .map((label) => `names the label ${label}, which its series lack`);
}
