/** A page of the public API. */
export interface Theme {
  /** Name of the page's file, without `.md`. */
  readonly page: string;
  readonly title: string;
  /** What one finds there. */
  readonly about: string;
  /** Folders of `runtime/src` whose exports it has. */
  readonly folders: readonly string[];
}

/** The pages, in the order in which they are best read. */
export const themes: readonly Theme[] = [
  {
    page: 'tracing',
    title: 'Starting and stopping',
    about: 'How tracing is started and stopped, and what happens to spans when a process ends.',
    folders: ['', 'tracing', 'tracing/lifecycle'],
  },
  {
    page: 'options',
    title: 'Options',
    about:
      'The configuration in code, before it is checked and after. The table of all settings, with their variables, is in ' +
      '[configuration](configuration.md).',
    folders: ['tracing/configuration', 'tracing/sampling'],
  },
  {
    page: 'spans',
    title: 'Spans',
    about: 'Spans of functions, methods, classes and pieces of work, and what is said about the active one.',
    folders: ['tracing/spans'],
  },
  {
    page: 'context',
    title: 'Trace context',
    about: 'The active trace, and how it gets to other processes, threads and callbacks.',
    folders: ['tracing/context'],
  },
  {
    page: 'logs',
    title: 'Log lines',
    about: 'How log lines get the IDs of the active span.',
    folders: ['tracing/logs'],
  },
  {
    page: 'instrumentation',
    title: 'Instrumented libraries',
    about: 'The libraries that make spans by themselves.',
    folders: ['tracing/instrumentation'],
  },
  {
    page: 'sending',
    title: 'Sending spans, and counting them',
    about: 'How spans leave the process, and what became of each.',
    folders: ['tracing/export', 'tracing/accounting', 'tracing/provider'],
  },
  {
    page: 'requests',
    title: 'Requests',
    about: 'Requests followed through their lives: what they took, which are stuck, where they are looked up.',
    folders: [
      'requests',
      'requests/lifecycle',
      'requests/query',
      'requests/statistics',
      'requests/http',
      'core/query',
      'export',
    ],
  },
  {
    page: 'performance',
    title: 'Performance',
    about:
      'What is read of the process and its machine and measured by the application: over time, in trends, against thresholds.',
    folders: [
      'performance',
      'performance/metrics',
      'performance/series',
      'performance/statistics',
      'performance/thresholds',
    ],
  },
  {
    page: 'errors',
    title: 'Errors',
    about:
      'What was thrown: what it is about, which errors are the same, how often they come, and what people made of them.',
    folders: [
      'errors',
      'errors/capture',
      'errors/classification',
      'errors/groups',
      'errors/groups/query',
      'errors/groups/resolution',
      'errors/groups/severity',
      'errors/groups/statistics',
      'errors/logs',
      'errors/occurrences',
    ],
  },
  {
    page: 'metrics-export',
    title: 'Metrics for others',
    about: 'How metrics get to Prometheus and to what takes OTLP.',
    folders: ['export/prometheus', 'export/prometheus/adapters', 'export/otlp', 'export/otlp/adapters'],
  },
  {
    page: 'dashboard',
    title: 'The page',
    about:
      'The page on which errors, requests, performance and traces meet: where it is served, who may see it, replicas.',
    folders: ['dashboard', 'dashboard/peers', 'dashboard/server/authentication', 'dashboard/traces'],
  },
  {
    page: 'foundations',
    title: 'Foundations',
    about: 'What all of it stands on: errors of the configuration, secrets, what is redacted, the host process.',
    folders: ['core', 'core/textRules'],
  },
];

/**
 * The page that an export belongs to, by the folder of its file.
 *
 * @throws Error for a folder that no page has.
 */
export function themeOf(file: string): Theme {
  const folder = file.replace(/^runtime\/src\/?/, '').replace(/\/?[^/]*$/, '');
  const theme = themes.find(({ folders }) => folders.includes(folder));
  if (theme === undefined) throw new Error(`${file}: no page of docs/runtime is for this folder`);
  return theme;
}
