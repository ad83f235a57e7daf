import { BlockList, isIPv4 } from 'node:net';
import * as z from 'zod';
import { mapping, text, wholeNumber } from './fields.ts';
import { namespaceName } from './installation.ts';

/** How wide the blocks of a list may be: the fewest bits of the network. */
interface Width {
  readonly ipv4: number;
  readonly ipv6: number;
}

/** For what is gone to: a whole private network of either kind, and nothing like the internet. */
const destination: Width = { ipv4: 8, ipv6: 32 };

/** For who comes in: the nodes of a cluster. Wider ones usually hold its pods too. */
const origin: Width = { ipv4: 16, ipv6: 48 };

/** Blocks that are no network of anybody: this host, every host, and IPv4 by the names that IPv6 has for it. */
const special = {
  ipv4: blockList('ipv4', ['0.0.0.0', 8], ['127.0.0.0', 8], ['169.254.0.0', 16], ['224.0.0.0', 3]),
  ipv6: blockList('ipv6', ['::', 16], ['64:ff9b::', 32], ['2002::', 16], ['fe80::', 10], ['ff00::', 8]),
};

/** Where NodeLocal DNSCache listens on every node: link-local, and meant to be. */
const nodeLocalDns = '169.254.20.10/32';

/** One family only: a list of both takes an IPv4 address for its name in IPv6 too. */
function blockList(family: 'ipv4' | 'ipv6', ...subnets: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [address, bits] of subnets) list.addSubnet(address, bits, family);
  return list;
}

function blockForm({ ipv4, ipv6 }: Width): string {
  return `a block of addresses like 10.20.0.0/16, no wider than /${ipv4} (IPv4) or /${ipv6} (IPv6), not link-local and not a special one: a policy that lets everything through is none`;
}

function isBlock(value: string, widest: Width): boolean {
  if (value === nodeLocalDns) return true;
  const family = z.cidrv4().safeParse(value).success ? 'ipv4' : 'ipv6';
  if (family === 'ipv6' && !z.cidrv6().safeParse(value).success) return false;
  const [address = '', bits] = value.split('/');
  return Number(bits) >= widest[family] && !special[family].check(address, family);
}

function blocksWithin(widest: Width, description: string) {
  const error = `must be ${blockForm(widest)}`;
  return z
    .array(
      z
        .string({ error })
        .refine((value) => isBlock(value, widest), { error })
        .describe('A block of addresses.'),
      { error: 'must be a list of blocks of addresses like 10.20.0.0/16' },
    )
    .readonly()
    .describe(description);
}

/** Blocks of addresses that are gone to, as network policies take them. */
export function destinations(description: string) {
  return blocksWithin(destination, description);
}

/** Ports of what is gone to, where a Service has others than its pods. */
export function podPorts(description: string) {
  return z
    .array(wholeNumber({ min: 1, max: 65_535, unit: 'port', description: 'A port.' }), {
      error: 'must be a list of ports',
    })
    .min(1, { error: 'must name at least one port' })
    .readonly()
    .optional()
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
  return /^[a-z0-9-]+\.([a-z0-9-]+)\.svc(\.cluster\.local)?$/.exec(host)?.[1];
}

/** The block of a host that is an IPv4 address itself. */
export function addressBlock(host: string): string | undefined {
  return isIPv4(host) ? `${host}/32` : undefined;
}

/** Who may come in: pods of a namespace, or addresses where the pods use those of their nodes. */
export function peer(
  what: string,
  comesFrom = `Addresses that it comes from, where its pods use those of their nodes (hostNetwork).`,
) {
  return mapping(
    {
      namespace: namespace(`Namespace of ${what}.`).optional(),
      podLabels: podLabels('Labels of its pods. Left out: every pod of the namespace.').default({}),
      cidrs: blocksWithin(origin, comesFrom).default([]),
    },
    `Where ${what} is.`,
  )
    .refine((given) => given.namespace !== undefined || given.cidrs.length > 0, {
      error: 'must say "namespace", "cidrs" or both',
    })
    .refine((given) => given.namespace !== undefined || Object.keys(given.podLabels).length === 0, {
      path: ['podLabels'],
      error: 'is of use only beside "namespace": addresses have no labels',
    });
}
