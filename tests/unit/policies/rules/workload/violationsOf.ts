import * as policy from '@pulumi/policy';

/** What a policy reports about a resource named `shop`, its inputs wrapped as the engine wraps them in a preview. */
export async function violationsOf(
  { validateResource }: policy.ResourceValidationPolicy,
  type: string,
  props: Record<string, unknown>,
): Promise<string[]> {
  const violations: string[] = [];
  const args: policy.ResourceValidationArgs = {
    type,
    props: previewProxy(props),
    urn: `urn:pulumi:dev::test::${type}::shop`,
    name: 'shop',
    opts: {
      protect: false,
      ignoreChanges: [],
      aliases: [],
      customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
      additionalSecretOutputs: [],
    },
    stackTags: new Map(),
    isType: () => false,
    asType: () => undefined,
    getConfig: () => {
      throw new Error('the rules have no configuration');
    },
    notApplicable: () => {
      throw new Error('the rules apply to everything');
    },
  };
  for (const validate of [validateResource ?? []].flat()) await validate(args, (message) => violations.push(message));
  return violations;
}

/** Pulumi's own `unknownCheckingProxy`, which its package exports without a type. */
function previewProxy(props: Record<string, unknown>): Record<string, unknown> {
  const proxy: unknown = Reflect.get(policy, 'unknownCheckingProxy');
  if (typeof proxy !== 'function') throw new Error('@pulumi/policy has no unknownCheckingProxy');
  const wrapped: unknown = Reflect.apply(proxy, undefined, [props]);
  if (!isRecord(wrapped)) throw new Error('unknownCheckingProxy made no object');
  return wrapped;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
