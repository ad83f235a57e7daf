import { fieldAt, shown } from '../../kubernetes/fields.ts';
import { objectRule } from '../../rule.ts';
import { manifest } from '../exampleYaml.ts';

const service = (spec: string): string => manifest('v1', 'Service', 'shop', `spec:\n  ${spec}`);

/** Services lead to pods. */
export const externalName = objectRule({
  name: 'external-name',
  asks: 'No Service is another name for a host elsewhere.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'No NetworkPolicy that names pods holds for it, and what stands behind an Ingress may then lead anywhere, to `localhost` of the controller too; over HTTP and TLS the host sees a name that is not its own.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/service/#externalname',
  passes: service('{ type: ClusterIP, selector: { app: shop }, ports: [{ port: 80 }] }'),
  fails: service('{ type: ExternalName, externalName: shop.example.com }'),
  *check(object) {
    if (!object.is('Service', '') || fieldAt(object.body, 'spec', 'type') !== 'ExternalName') return;
    yield {
      path: 'spec.externalName',
      problem: `is ${shown(fieldAt(object.body, 'spec', 'externalName'))}: a Service must lead to pods or to addresses of its own`,
      fix: "the host's own name where it is called, or a Service without a selector and an EndpointSlice",
    };
  },
});
