import { fieldAt, text } from '../../kubernetes/fields.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';

/** Objects of which well-known controllers make Secrets, and where the Secret's name stands in them. */
const makers: readonly { readonly kind: string; readonly group: string; readonly name: readonly string[] }[] = [
  { kind: 'Certificate', group: 'cert-manager.io', name: ['spec', 'secretName'] },
  { kind: 'ExternalSecret', group: 'external-secrets.io', name: ['spec', 'target', 'name'] },
  { kind: 'SealedSecret', group: 'bitnami.com', name: ['spec', 'template', 'metadata', 'name'] },
];

/** cert-manager makes the Secrets of an Ingress with one of these annotations. */
const issuerAnnotations = ['cert-manager.io/cluster-issuer', 'cert-manager.io/issuer', 'kubernetes.io/tls-acme'];

/** Name of the Secret that a controller makes of an object; its own name, where it says no other. @throws UnknownFieldError */
export function secretMadeOf(object: KubernetesObject): string | undefined {
  const maker = makers.find(({ kind, group }) => object.is(kind, group));
  return maker === undefined ? undefined : (text(fieldAt(object.body, ...maker.name)) ?? object.name);
}

/** Whether cert-manager makes the Secrets that an Ingress refers to. @throws UnknownFieldError */
export function hasIssuer(object: KubernetesObject): boolean {
  return (
    object.is('Ingress', 'networking.k8s.io') &&
    issuerAnnotations.some((name) => Object.hasOwn(object.annotations, name))
  );
}
