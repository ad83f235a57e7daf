import { manifest } from '../exampleYaml.ts';

/** An autoscaler of a Deployment. @param fields - Fields of its `spec` as YAML, besides its target. */
export function autoscalerWith(...fields: readonly string[]): string {
  return withFields('autoscaling/v2', 'HorizontalPodAutoscaler', [
    'scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: shop }',
    ...fields,
  ]);
}

/** A disruption budget. @param fields - Fields of its `spec` as YAML. */
export function budgetWith(...fields: readonly string[]): string {
  return withFields('policy/v1', 'PodDisruptionBudget', fields);
}

function withFields(apiVersion: string, kind: string, fields: readonly string[]): string {
  return manifest(apiVersion, kind, 'shop', `spec:\n${fields.map((line) => `  ${line}\n`).join('')}`);
}
