// @spec S1.5
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createAuthority, type KeyAndCertificate } from '../../tools/cluster/pki/certificateAuthority.ts';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { ExternalElasticsearch } from './support/externalElasticsearch.ts';
import type { ElasticsearchFront } from './support/externalElasticsearchFront.ts';
import { externalStorage, prepareNamespace } from './support/externalStorage.ts';
import { TestStack } from './support/testStack.ts';
import { proveCause } from './support/waitingCause.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const password = 'password-of-who-is-trusted';
const resources = new AsyncDisposableStack();
let search: ExternalElasticsearch;
let stack: TestStack;
let certificate: KeyAndCertificate;
let clientAuthority: string;

beforeAll(async () => {
  search = resources.use(await ExternalElasticsearch.start(kube, 'search-trust', { username: 'jaeger', password }));
  ({ certificate, clientAuthority } = search.front);
  const config = { environment: 'dev', storage: externalStorage(search, 'trust.e2e') };
  stack = resources.use(await TestStack.create('trust', { config }));
  await prepareNamespace(kube, stack.namespace, search);
  await stack.up();
});
afterAll(() => resources.disposeAsync());

interface Case {
  readonly title: string;
  readonly wrong: () => Promise<Partial<ElasticsearchFront>>;
  readonly right: () => Partial<ElasticsearchFront>;
  readonly words: RegExp;
}

const cases: readonly Case[] = [
  {
    title: 'a password that Elasticsearch does not take',
    wrong: () => Promise.resolve({ password: 'another' }),
    right: () => ({ password }),
    words: /https:\S+ refused the user name or password \(401\)/,
  },
  {
    title: 'a certificate of a CA that Jaeger was not told of',
    wrong: async () => ({ certificate: await search.foreignCertificate() }),
    right: () => ({ certificate }),
    words: /the certificate of https:\S+ is not trusted/,
  },
  {
    title: 'an expired certificate',
    wrong: async () => ({ certificate: await search.expiredCertificate() }),
    right: () => ({ certificate }),
    words: /the certificate of https:\S+ has expired/,
  },
  {
    title: 'a client certificate that Elasticsearch does not trust',
    wrong: async () => ({ clientAuthority: (await createAuthority('CA of other clients', Date.now())).certificate }),
    right: () => ({ clientAuthority }),
    words: /https:\S+ refused the request \(400\).*client certificate/,
  },
  {
    // A stand-in: an Elasticsearch 7 whose greeting nginx rewrites.
    title: 'Elasticsearch 8',
    wrong: () => Promise.resolve({ claimedVersion: '8.11.3' }),
    right: () => ({ claimedVersion: undefined }),
    words: /https:\S+ is elasticsearch 8\.11\.3, which Jaeger 1\.50\.0 cannot use.*from Jaeger 1\.52 on/,
  },
];

test.each(cases)('$title is named, and forgotten when it has gone', async ({ title, wrong, right, words }) => {
  const change = await wrong();
  const restarts = await proveCause(kube, stack.namespace, title, {
    begin: () => search.change(change),
    end: () => search.change(right()),
    said: { 'jaeger-collector': words, 'jaeger-query': words },
  });
  expect(restarts).toBe(0);
});
