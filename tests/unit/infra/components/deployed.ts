import * as pulumi from '@pulumi/pulumi';

/** A resource as the engine was asked to make it. */
export interface DeployedResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly urn: string;
  /** Whether Pulumi refuses to delete it. */
  readonly protect: boolean;
}

/** What a program made, by `Kind/metadata.name` for Kubernetes objects and by type token for components. */
export interface Deployed<Root> {
  readonly root: Root;
  readonly resources: readonly DeployedResource[];
  /** The inputs of a Kubernetes object. */
  readonly object: (kind: string, name: string) => Readonly<Record<string, unknown>>;
}

/** Builds a component under Pulumi's mocks and waits for the URN of every child. */
export async function deployed<Root>(
  build: (options: pulumi.ComponentResourceOptions) => Root,
  stack = 'dev',
  /** Whether objects have an id, which they lack in a preview. */
  { ids = true } = {},
): Promise<Deployed<Root>> {
  const inputs = new Map<string, pulumi.runtime.MockResourceArgs>();
  await pulumi.runtime.setMocks(
    {
      newResource: (args) => {
        inputs.set(`${args.type} ${args.name}`, args);
        return { id: ids ? `${args.name}-id` : undefined, state: record(args.inputs) };
      },
      call: () => ({}),
    },
    'tracewright',
    stack,
  );
  const children: { readonly resource: pulumi.Resource; readonly protect: boolean }[] = [];
  const root = build({
    transformations: [
      ({ resource, opts }) => {
        children.push({ resource, protect: opts.protect ?? false });
        return undefined;
      },
    ],
  });
  const made = await Promise.all(
    children.map(async ({ resource, protect }) => ({ urn: await resolved(resource.urn), protect })),
  );
  // The outputs are registered after the URNs are known; the next test's mocks must not receive them.
  await pulumi.runtime.disconnect();
  const resources = made.map(({ urn, protect }): DeployedResource => {
    const [type = '', name = ''] = urn.split('::').slice(2);
    const own = type.slice(type.lastIndexOf('$') + 1);
    const args = inputs.get(`${own} ${name}`);
    return { type: own, name, urn, protect, inputs: record(args?.inputs) };
  });
  return { root, resources, object: (kind, name) => find(resources, kind, name) };
}

/** The value of an output. */
export function resolved<T>(output: pulumi.Output<T>): Promise<pulumi.Unwrap<T>> {
  return new Promise((resolve) => {
    pulumi.output(output).apply(resolve);
  });
}

function find(resources: readonly DeployedResource[], kind: string, name: string): Readonly<Record<string, unknown>> {
  const found = resources.find(
    ({ type, inputs }) => type.endsWith(`:${kind}`) && record(inputs['metadata'])['name'] === name,
  );
  if (found === undefined) throw new Error(`no ${kind} ${name} among ${resources.map(({ urn }) => urn).join('\n')}`);
  return found.inputs;
}

/** What an object holds; nothing for anything else. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
