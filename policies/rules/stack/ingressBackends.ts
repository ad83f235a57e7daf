import { entries, field, fieldAt, isPresent, number, text } from '../../kubernetes/fields.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';

/** A Service that an Ingress leads to. */
export interface IngressBackend {
  readonly service: string;
  /** A number or a name; `undefined` for none. */
  readonly port: number | string | undefined;
  /** Where it stands: `spec.defaultBackend.service`. */
  readonly path: string;
}

/** The Services that an Ingress leads to; none for another object. @throws UnknownFieldError */
export function ingressBackends(object: KubernetesObject): readonly IngressBackend[] {
  if (!object.is('Ingress', 'networking.k8s.io')) return [];
  const spec = field(object.body, 'spec');
  const rules = entries(field(spec, 'rules')).flatMap((rule, index) =>
    entries(fieldAt(rule, 'http', 'paths')).flatMap((entry, at) =>
      backend(field(entry, 'backend'), `spec.rules[${index}].http.paths[${at}].backend`),
    ),
  );
  return [...backend(field(spec, 'defaultBackend'), 'spec.defaultBackend'), ...rules];
}

function backend(value: unknown, path: string): readonly IngressBackend[] {
  const service = field(value, 'service');
  const name = text(field(service, 'name'));
  if (name === undefined) return [];
  const byName = fieldAt(service, 'port', 'name');
  // The AWS Load Balancer Controller reads an annotation instead, which may redirect or answer by itself.
  if (byName === 'use-annotation') return [];
  const port = isPresent(byName) && byName !== '' ? text(byName) : number(fieldAt(service, 'port', 'number'));
  return [{ service: name, port, path: `${path}.service` }];
}
