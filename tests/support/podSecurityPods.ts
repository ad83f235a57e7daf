/** Where a container stands in a pod that {@link changedPod} makes. */
export const containerPaths = {
  main: 'spec.containers[0]',
  init: 'spec.initContainers[0]',
  sidecar: 'spec.initContainers[1]',
  ephemeral: 'spec.ephemeralContainers[0]',
} as const;

export type ContainerPlace = keyof typeof containerPaths;

/** Fields by their path; `undefined` takes one away. */
export type PodChanges = Readonly<Record<string, unknown>>;

/** A pod of the shape that the API server takes, and our rules. */
export interface PodManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: Readonly<Record<string, unknown>>;
}

/**
 * A pod that Pod Security "restricted" takes, changed in some fields. It has a main container, an init container and a sidecar; an
 * ephemeral one only where a change is made to it, since the API server takes none in a new pod.
 */
export function changedPod(changes: PodChanges = {}): PodManifest {
  const pod: PodManifest = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'shop' },
    spec: {
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      initContainers: [container('prepare'), { ...container('proxy'), restartPolicy: 'Always' }],
      containers: [container('shop')],
      ...(Object.keys(changes).some((path) => path.startsWith(containerPaths.ephemeral)) && {
        ephemeralContainers: [container('debug')],
      }),
    },
  };
  // A later change may lie within an earlier one.
  for (const [path, value] of Object.entries(changes))
    set(pod, path.split(/\.|\[|\]\.?/).filter(Boolean), structuredClone(value));
  return pod;
}

function container(name: string): Record<string, unknown> {
  return {
    name,
    image: 'shop:1.4.2',
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  };
}

function set(target: object, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    Reflect.set(target, name, value);
    return;
  }
  const found: unknown = Reflect.get(target, name);
  const next = typeof found === 'object' && found !== null ? found : {};
  Reflect.set(target, name, next);
  set(next, rest, value);
}
