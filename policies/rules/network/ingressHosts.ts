import { entries, field, fieldAt, text } from '../../kubernetes/fields.ts';

/** A host that an Ingress answers to. */
export interface IngressHost {
  /** The empty text for every host. */
  readonly host: string;
  /** `spec.rules[0].host`. */
  readonly path: string;
}

/** The hosts of the rules of an Ingress. @throws UnknownFieldError */
export function ingressHosts(ingress: unknown): readonly IngressHost[] {
  return entries(fieldAt(ingress, 'spec', 'rules')).map((rule, index) => ({
    host: text(field(rule, 'host')) ?? '',
    path: `spec.rules[${index}].host`,
  }));
}
