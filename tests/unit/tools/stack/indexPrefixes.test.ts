import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { IndexPrefixError, requireOwnIndexPrefix } from '../../../../tools/stack/indexPrefixes.ts';
import { readStackConfigFile } from '../../../../tools/stack/stackConfigFile.ts';

const provider = { 'kubernetes:enableConfigMapMutable': 'true', 'kubernetes:enableSecretMutable': 'true' };

function external(indexPrefix: string | undefined, ...urls: string[]): Record<string, unknown> {
  return { kind: 'external', urls, indexPrefix, egressCidrs: ['10.20.0.0/16'] };
}

/** Checks stack `a` beside stack `b`, each with its storage; a text is the whole file of `b`. */
async function check(a: Record<string, unknown>, b: Record<string, unknown> | string): Promise<void> {
  const checkout = mkdtempSync(join(tmpdir(), 'tracewright-prefixes-'));
  const file = (storage: unknown): string =>
    JSON.stringify({ config: { ...provider, 'tracewright:environment': 'dev', 'tracewright:storage': storage } });
  writeFileSync(join(checkout, 'Pulumi.yaml'), 'name: tracewright\n');
  writeFileSync(join(checkout, 'Pulumi.a.yaml'), file(a));
  writeFileSync(join(checkout, 'Pulumi.b.yaml'), typeof b === 'string' ? b : file(b));
  const config = await readStackConfigFile(join(checkout, 'Pulumi.a.yaml'), 'a', checkout);
  await requireOwnIndexPrefix(config, { checkout, stack: 'a' });
}

const server = 'https://es.example:9200';

test.each([
  ['prod', 'eu-prod', '"prod" and "eu-prod" are no two names for Jaeger: one is the end of the other'],
  ['eu-prod', 'prod', '"eu-prod" and "prod" are no two names for Jaeger: one is the end of the other'],
  ['prod', 'prod', '"prod" and "prod" are the same'],
])('prefix %s beside %s in one Elasticsearch is refused, naming both stacks', async (a, b, words) => {
  const checking = check(external(a, server), external(b, 'https://other.example', `${server}/`));
  await expect(checking).rejects.toThrow(IndexPrefixError);
  await expect(checking).rejects.toThrow(
    `stacks a and b share the Elasticsearch es.example:9200, and their index prefixes ${words}`,
  );
});

test('one server has one name, with its port or without', async () => {
  const checking = check(external('prod', 'https://es.example'), external('eu-prod', 'https://es.example:443'));
  await expect(checking).rejects.toThrow('share the Elasticsearch es.example:443');
});

test.each([
  ['other prefixes', external('prod', server), external('prod-eu', server)],
  ['the prefixes that stacks have by default', external(undefined, server), external(undefined, server)],
  ['another Elasticsearch', external('prod', server), external('eu-prod', 'https://es.example:9201')],
  ['embedded nodes', { kind: 'embedded', indexPrefix: 'prod' }, { kind: 'embedded', indexPrefix: 'eu-prod' }],
  ['a sibling that has mistakes of its own', external('prod', server), 'config: ['],
])('%s may stand beside each other', async (_what, a, b) => {
  await expect(check(a, b)).resolves.toBeUndefined();
});
