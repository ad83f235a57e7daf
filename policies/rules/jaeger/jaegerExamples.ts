import { manifest } from '../exampleYaml.ts';
import { workloadExample } from '../stack/stackExamples.ts';

/** What differs between the workloads of examples; each list holds lines of YAML. */
interface JaegerExample {
  /** @defaultValue `shop` */
  readonly name?: string;
  readonly spec?: readonly string[];
  readonly pod?: readonly string[];
  readonly env?: readonly string[];
  readonly container?: readonly string[];
  /** @defaultValue 1.50.0 */
  readonly tag?: string;
}

/** A Deployment of one of Jaeger's programs, named and labelled by it. @param env - Variables: `{ name: A, value: b }`. */
export function jaegerExample(program: 'collector' | 'query' | 'agent', differences: JaegerExample = {}): string {
  const { spec = [], pod = [], env = [], container = [], tag = '1.50.0' } = differences;
  return workloadExample({
    name: differences.name ?? program,
    labels: `app: ${program}`,
    spec,
    pod,
    container: [
      `image: registry.example/jaeger-${program}:${tag}`,
      ...container,
      ...(env.length === 0 ? [] : ['env:', ...env.map((variable) => `  - ${variable}`)]),
    ],
  });
}

/** The CronJob of the index cleaner. @param lines - Fields of its container. */
export function cleanerExample(...lines: readonly string[]): string {
  const fields = ['image: registry.example/jaeger-es-index-cleaner:1.50.0', ...lines].map(
    (line) => `              ${line}`,
  );
  return manifest(
    'batch/v1',
    'CronJob',
    'cleaner',
    [
      'spec:',
      '  schedule: "5 0 * * *"',
      '  jobTemplate:',
      '    spec:',
      '      template:',
      '        spec:',
      '          containers:',
      '            - name: cleaner',
      ...fields,
    ].join('\n'),
  );
}
