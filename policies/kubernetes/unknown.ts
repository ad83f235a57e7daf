// What the engine sends in the place of a value that is known only after the deployment, by the type that is expected
// (Pulumi SDK v3, sdk/go/common/resource/plugin/rpc.go: UnknownBoolValue to UnknownObjectValue).
const placeholders = new Set([
  '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7',
  '3eeb2bf0-c639-47a8-9e75-3b44932eb421',
  '04da6b54-80e4-46f7-96ec-b56ff0331ba9',
  '6a19a0b0-7e62-4c92-b797-7f8e31da9cc2',
  '030794c1-ac77-496b-92df-f27374a8bd58',
  'e48ece36-62e2-4504-bad9-02848725956a',
  'dd056dcd-154b-4c76-9bd3-c8f88648b5ff',
]);
const placeholderLength = 36;

/** A rule has read a value that a preview cannot know. */
export class UnknownFieldError extends Error {
  override readonly name = 'UnknownFieldError';
  /** The field as its object calls it, or its place in a list. */
  readonly field: string;
  /** What has the field. */
  readonly holder: unknown;

  constructor(field: string, holder?: unknown) {
    super(`${field} is known only after the deployment`);
    this.field = field;
    this.holder = holder;
  }
}

/** Whether a value is the engine's placeholder for one that is known only after the deployment. */
export function isUnknown(value: unknown): boolean {
  return typeof value === 'string' && value.length === placeholderLength && placeholders.has(value);
}

/** Where in a value another one stands, as it is itself: `spec.template.spec.containers[0]`; `undefined` where it does not. */
export function pathOf(wanted: unknown, value: unknown, path = '', seen = new Set<unknown>()): string | undefined {
  if (value === wanted) return path;
  if (typeof value !== 'object' || value === null || seen.has(value)) return undefined;
  seen.add(value);
  for (const [name, content] of Object.entries(value) as readonly (readonly [string, unknown])[]) {
    const step = Array.isArray(value) ? `[${name}]` : path === '' ? name : `.${name}`;
    const found = pathOf(wanted, content, path + step, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}
