import type { LabelVariable } from './variables.ts';

/** Chooses among the processes of Jaeger, all of which say what they were built of, and among no others. */
export const jaegerLists: readonly LabelVariable[] = [
  {
    name: 'namespace',
    label: 'Namespace',
    description: 'Namespaces in which there is Jaeger; an agent with ports of the nodes has one of its own.',
    series: 'jaeger_build_info',
  },
  {
    name: 'job',
    label: 'Job',
    description: 'What Prometheus scrapes its components as.',
    series: 'jaeger_build_info{namespace=~"$namespace"}',
  },
  {
    name: 'instance',
    label: 'Instance',
    description: 'Single processes of these components.',
    series: 'jaeger_build_info{namespace=~"$namespace", job=~"$job"}',
  },
];
