/** Label of a namespace: the stack that made it. Who deploys another stack, or removes one, looks at it. */
export const stackLabel = 'tracewright.dev/stack';

/** Label of a namespace: that of the Jaeger which its pods may send spans to. Only who may change namespaces can set it. */
export const tracesToLabel = 'tracewright.dev/traces-to';

/** Label of all that belongs together: what the stack makes has {@link ownPart}. */
export const partOfLabel = 'app.kubernetes.io/part-of';

/** What {@link partOfLabel} says of the stack's own objects. */
export const ownPart = 'tracewright';

/** Labels that select the pods of a component; they never change, since selectors cannot. */
export function selectorLabels(name: string): Record<string, string> {
  return { 'app.kubernetes.io/name': name, [partOfLabel]: ownPart };
}

/** Labels of every object of a component. */
export function componentLabels(name: string, version: string): Record<string, string> {
  return {
    ...selectorLabels(name),
    'app.kubernetes.io/version': version,
    'app.kubernetes.io/managed-by': 'pulumi',
  };
}
