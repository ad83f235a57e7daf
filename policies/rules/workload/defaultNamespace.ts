import { objectRule } from '../../rule.ts';
import { manifest } from '../exampleYaml.ts';

const configMap = manifest('v1', 'ConfigMap', 'shop', 'data: {}');

/** Nothing is put into the namespace that is there from the start. */
export const defaultNamespace = objectRule({
  name: 'default-namespace',
  asks: 'No object says that it belongs to the namespace `default`.',
  severity: 'low',
  level: 'advisory',
  rationale:
    'Applications in one namespace share its policies, quotas and rights. An object without a namespace is not judged: whoever applies it decides.',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces',
  passes: configMap,
  fails: configMap.replace('namespace: shop', 'namespace: default'),
  *check({ namespace }) {
    if (namespace !== 'default') return;
    yield {
      path: 'metadata.namespace',
      problem: 'is "default": it must be a namespace of the application',
      fix: 'namespace: "NAME"',
    };
  },
});
