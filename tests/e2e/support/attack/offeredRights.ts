import { z } from 'zod';
import type { ApiClient } from '../../../../tools/kube/apiClient.ts';
import { rightsBeyond } from './expectedRights.ts';

/** A right, as the API server is asked for it. */
export interface Right {
  /** `patch deployments.apps/scale`. */
  readonly name: string;
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
  readonly namespaced: boolean;
}

const groupList = z.object({
  groups: z.array(z.object({ preferredVersion: z.object({ groupVersion: z.string() }) })),
});
const resourceList = z.object({
  resources: z.array(z.object({ name: z.string(), namespaced: z.boolean(), verbs: z.array(z.string()) })),
});

/** Everything that the API server offers, by its own lists, and what it only knows the rights to. */
export async function offeredRights(api: ApiClient): Promise<readonly Right[]> {
  const { groups } = groupList.parse(await api.askJson({ path: '/apis' }));
  const versions = groups.map(({ preferredVersion }) => preferredVersion.groupVersion);
  const lists = await Promise.all(['v1', ...versions].map((version) => rightsOf(api, version)));
  const offered = lists.flat();
  const known = new Set(offered.map(({ name }) => name));
  return [...offered, ...rightsBeyond.filter((name) => !known.has(name)).map(parseRight)];
}

async function rightsOf(api: ApiClient, groupVersion: string): Promise<Right[]> {
  const group = groupVersion.includes('/') ? groupVersion.slice(0, groupVersion.indexOf('/')) : '';
  const path = `/${group === '' ? 'api' : 'apis'}/${groupVersion}`;
  const { resources } = resourceList.parse(await api.askJson({ path }));
  return resources.flatMap(({ name, namespaced, verbs }) => {
    const [resource = '', subresource = ''] = name.split('/');
    return verbs.map((verb) => named({ verb, group, resource, subresource, namespaced }));
  });
}

function named(right: Omit<Right, 'name'>): Right {
  const { verb, group, resource, subresource } = right;
  const name = `${verb} ${resource}${group && `.${group}`}${subresource && `/${subresource}`}`;
  return { ...right, name };
}

function parseRight(name: string): Right {
  const [verb = '', target = ''] = name.split(' ');
  const dot = target.indexOf('.');
  const [resource, group] = dot < 0 ? [target, ''] : [target.slice(0, dot), target.slice(dot + 1)];
  return { name, verb, group, resource, subresource: '', namespaced: true };
}
