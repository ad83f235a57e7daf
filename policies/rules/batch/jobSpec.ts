import { fieldAt } from '../../kubernetes/fields.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { manifest } from '../exampleYaml.ts';

/** What an object says of the Jobs that it is or makes. */
export interface JobSpec {
  readonly spec: unknown;
  /** Where it stands: `spec`, or `spec.jobTemplate.spec`. */
  readonly path: string;
}

/** The Jobs that an object is or makes; `undefined` for another object. @throws UnknownFieldError */
export function jobSpecOf(object: KubernetesObject): JobSpec | undefined {
  if (object.is('Job', 'batch')) return { spec: fieldAt(object.body, 'spec'), path: 'spec' };
  if (!object.is('CronJob', 'batch')) return undefined;
  return { spec: fieldAt(object.body, 'spec', 'jobTemplate', 'spec'), path: 'spec.jobTemplate.spec' };
}

/** The `spec` of a CronJob; `undefined` for another object. @throws UnknownFieldError */
export function cronJobSpecOf(object: KubernetesObject): unknown {
  return object.is('CronJob', 'batch') ? (fieldAt(object.body, 'spec') ?? {}) : undefined;
}

/** A Job. @param fields - Fields of its `spec` as YAML, besides its template. */
export function jobWith(...fields: readonly string[]): string {
  const lines = [...fields, 'template: { spec: { restartPolicy: Never, containers: [{ name: shop }] } }'];
  return manifest('batch/v1', 'Job', 'shop', `spec:\n${lines.map((line) => `  ${line}\n`).join('')}`);
}

/** A CronJob. @param fields - Fields of its `spec` as YAML, besides what it runs. */
export function cronJobWith(...fields: readonly string[]): string {
  const template =
    'jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: shop }] } } } }';
  return manifest(
    'batch/v1',
    'CronJob',
    'shop',
    `spec:\n${[...fields, template].map((line) => `  ${line}\n`).join('')}`,
  );
}
