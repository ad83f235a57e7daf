import { objectRule } from '../../rule.ts';
import { ingressWith } from './networkExamples.ts';

const annotated = (name: string, value: string): string =>
  ingressWith('ingressClassName: nginx').replace(
    'namespace: shop',
    `namespace: shop, annotations: { nginx.ingress.kubernetes.io/${name}: ${value} }`,
  );

/** No Ingress writes into the configuration of its controller. */
export const ingressSnippets = objectRule({
  name: 'ingress-snippets',
  asks: "No annotation of an Ingress holds a piece of the controller's own configuration.",
  severity: 'high',
  level: 'advisory',
  rationale:
    'The controller may read the Secrets of all namespaces, and such a piece makes it hand them out (CVE-2021-25742). ingress-nginx takes none unless its administrator allows them.',
  link: 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations-risk/',
  passes: annotated('proxy-body-size', '8m'),
  fails: annotated('server-snippet', '"deny all;"'),
  *check(object) {
    if (!object.is('Ingress', 'networking.k8s.io')) return;
    for (const name of Object.keys(object.annotations)) {
      if (!/(?:^|[./])nginx\.[^/]*\/[\w-]*snippets?$/.test(name)) continue;
      yield {
        path: `metadata.annotations["${name}"]`,
        problem: 'is a piece of configuration: it must not be set',
        fix: 'an annotation for the one setting that is meant',
      };
    }
  },
});
