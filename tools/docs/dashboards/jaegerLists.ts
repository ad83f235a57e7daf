import type { LabelVariable } from './variables.ts';

/** What each process of Jaeger was built of: `jaeger_collector_build_info` and the like. */
function built(...matchers: readonly string[]): string {
  return `{${['__name__=~"jaeger_.+_build_info"', ...matchers].join(', ')}}`;
}

/** Chooses among the processes of Jaeger, and no others that run beside it. */
export const jaegerLists: readonly LabelVariable[] = [
  {
    name: 'namespace',
    label: 'Namespace',
    description: 'Namespaces in which there is Jaeger; an agent with ports of the nodes has one of its own.',
    series: built(),
  },
  {
    name: 'job',
    label: 'Job',
    description: 'What Prometheus scrapes its components as.',
    series: built('namespace=~"$namespace"'),
  },
  {
    name: 'instance',
    label: 'Instance',
    description: 'Single processes of these components.',
    series: built('namespace=~"$namespace"', 'job=~"$job"'),
  },
];
