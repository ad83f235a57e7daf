import applications from './applications.json' with { type: 'json' };
import pipeline from './pipeline.json' with { type: 'json' };
import streaming from './streaming.json' with { type: 'json' };

/** A dashboard as a file for Grafana. */
export interface DashboardFile {
  /** Of the dashboard: `pipeline`, `streaming`, `applications`. */
  readonly name: string;
  /** `tracewright-pipeline.json`: of all that a Grafana is given, no other may have it. */
  readonly fileName: string;
  /** The dashboard, as JSON without blanks. */
  readonly text: string;
}

/** What decides which dashboards a stack has, and where they lead. */
export interface DashboardSettings {
  /** Whether there is Kafka between collectors and storage. */
  readonly streaming: boolean;
  /** Address of the runbooks; the page on being on call is beside it. */
  readonly runbookBaseUrl: string;
}

/** Dashboards of a stack, as `npm run docs` generates them of tools/docs/dashboards, with links to its own runbooks. */
export function dashboardFiles({ streaming: hasKafka, runbookBaseUrl }: DashboardSettings): readonly DashboardFile[] {
  const dashboards = { pipeline, ...(hasKafka && { streaming }), applications };
  return Object.entries(dashboards).map(([name, dashboard]) => ({
    name,
    fileName: `tracewright-${name}.json`,
    text: JSON.stringify(withRunbooks(dashboard, runbookBaseUrl)),
  }));
}

interface Templated {
  readonly templating: { readonly list: readonly { readonly name: string }[] };
}

function withRunbooks(dashboard: Templated, query: string): Templated {
  const list = dashboard.templating.list.map((variable) =>
    variable.name === 'runbooks' ? { ...variable, query } : variable,
  );
  return { ...dashboard, templating: { list } };
}
