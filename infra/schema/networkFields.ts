import { isIP } from 'node:net';
import * as z from 'zod';
import { mapping, text } from './fields.ts';
import { namespaceName } from './installation.ts';

/** The widest blocks that a policy lets through: a whole private network of either kind, and nothing like the internet. */
const widestBlock = { v4: 8, v6: 16 };

const blockForm =
  'a block of addresses like 10.20.0.0/16, no wider than /8 (IPv4) or /16 (IPv6): a policy that lets everything through is none';

/** Whether a text is a block of addresses, and none that is as good as the whole internet. */
function isNarrowBlock(value: string): boolean {
  const isV4 = z.cidrv4().safeParse(value).success;
  if (!isV4 && !z.cidrv6().safeParse(value).success) return false;
  return Number(value.slice(value.indexOf('/') + 1)) >= (isV4 ? widestBlock.v4 : widestBlock.v6);
}

/** Blocks of addresses, as network policies take them. */
export function blocks(description: string) {
  const error = `must be ${blockForm}`;
  return z
    .array(z.string({ error }).refine(isNarrowBlock, { error }).describe('A block of addresses.'), {
      error: 'must be a list of blocks of addresses like 10.20.0.0/16',
    })
    .readonly()
    .describe(description);
}

/** Labels that pods carry. */
export function podLabels(description: string) {
  const label = /^(([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?)\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
  const value = /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;
  return z
    .record(
      text({ pattern: label, allowed: 'the key of a label', description: 'Key of a label.' }),
      text({ pattern: value, allowed: 'the value of a label', description: 'Its value.' }),
      { error: 'must be a mapping of labels' },
    )
    .describe(description);
}

/** A namespace that something comes from. */
export function namespace(description: string) {
  return text({ ...namespaceName, description });
}

/** Namespaces that something comes from. */
export function namespaces(description: string) {
  return z
    .array(namespace('A namespace.'), { error: 'must be a list of namespaces' })
    .readonly()
    .default([])
    .describe(description);
}

/** The namespace of a host that is a Service of the cluster: `elastic` for `search.elastic.svc`. */
export function serviceNamespace(host: string): string | undefined {
  return /^[a-z0-9-]+\.([a-z0-9-]+)\.svc(\.[a-z0-9.-]+)?$/.exec(host)?.[1];
}

/** The block of a host that is an address itself. */
export function addressBlock(host: string): string | undefined {
  const family = isIP(host);
  return family === 0 ? undefined : `${host}/${family === 4 ? 32 : 128}`;
}

/** Who may come in: pods of a namespace, or addresses where the pods use those of their nodes. */
export function peer(what: string) {
  return mapping(
    {
      namespace: namespace(`Namespace of ${what}.`).optional(),
      podLabels: podLabels('Labels of its pods. Left out: every pod of the namespace.').default({}),
      cidrs: blocks('Addresses that it comes from, where its pods use those of their nodes (hostNetwork).').default([]),
    },
    `Where ${what} is.`,
  ).refine((given) => given.namespace !== undefined || given.cidrs.length > 0, {
    error: 'must say "namespace", "cidrs" or both',
  });
}
