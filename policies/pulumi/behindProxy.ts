// A proxy of @pulumi/policy 1.21 (proxy.js) hands out what is behind it under this name. It throws at unknown values by itself, but
// takes a hundred times as long for each field; the fields of this pack know them too.
const target = '__getSpecialProxyTarget';

/** The properties of a resource without the proxy that a policy gets. */
export function behindProxy(props: unknown): unknown {
  if (typeof props !== 'object' || props === null) return props;
  const content: unknown = Reflect.get(props, target);
  return typeof content === 'object' && content !== null ? content : props;
}
