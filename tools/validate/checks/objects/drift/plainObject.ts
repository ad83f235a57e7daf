import type { KubernetesObject } from '@kubernetes/client-node';
import { isRecord } from '../../../../values/isRecord.ts';

/** An object as its manifest would be written: the client has times as dates, and NetworkPolicy's `from` as `_from`. */
export function plainObject(live: KubernetesObject): Readonly<Record<string, unknown>> {
  const plain: unknown = JSON.parse(JSON.stringify(live));
  const renamed = live.kind === 'NetworkPolicy' ? withFrom(plain) : plain;
  return isRecord(renamed) ? renamed : {};
}

function withFrom(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withFrom);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key === '_from' ? 'from' : key, withFrom(inner)]),
  );
}
