import { runbookPages, runbookUrl } from '../runbookPages.ts';
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
  /** Where the runbooks are: an address that pages are in, or one with `{alert}` in the place of a page's name. */
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

function withRunbooks(dashboard: Templated, runbookBaseUrl: string): Templated {
  const addresses = new Map([
    ['runbooks', runbookPages(runbookBaseUrl).directory],
    ['on_call', runbookUrl('../on-call', runbookBaseUrl)],
  ]);
  const list = dashboard.templating.list.map((variable) => {
    const query = addresses.get(variable.name);
    return query === undefined ? variable : { ...variable, query };
  });
  return { ...dashboard, templating: { list } };
}
