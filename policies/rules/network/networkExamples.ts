import { manifest } from '../exampleYaml.ts';

/** A Service named `shop`. @param fields - Fields of its `spec` as YAML, besides a selector and a port. */
export function serviceWith(...fields: readonly string[]): string {
  const spec = [...fields, 'selector: { app: shop }', 'ports: [{ name: http, port: 80 }]'];
  return manifest('v1', 'Service', 'shop', `spec:\n${spec.map((line) => `  ${line}\n`).join('')}`);
}

/** An Ingress named `shop`. @param fields - Fields of its `spec` as YAML. */
export function ingressWith(...fields: readonly string[]): string {
  return manifest('networking.k8s.io/v1', 'Ingress', 'shop', `spec:\n${fields.map((line) => `  ${line}\n`).join('')}`);
}

/** A NetworkPolicy named `shop` for all pods of its namespace. @param fields - Fields of its `spec` as YAML. */
export function networkPolicyWith(...fields: readonly string[]): string {
  const spec = ['podSelector: {}', ...fields];
  return manifest(
    'networking.k8s.io/v1',
    'NetworkPolicy',
    'shop',
    `spec:\n${spec.map((line) => `  ${line}\n`).join('')}`,
  );
}
