import { createServer, type Server } from 'node:http';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { waitScript } from '../../../infra/jaeger/waitScript.ts';
import { formedMessages } from '../../support/formedLine.ts';
import { ServersRoot } from '../support/serversRoot.ts';

// The script alone, with the image's sh and curl, against answers that a real server gives only in trouble. Real servers and
// TLS: tests/e2e.
const password = String.raw`p"a\s$s 'x`;
const passwordFile = '/tmp/password';
let servers: ServersRoot;
let server: Server;
let address = '';
let answers: Record<string, string> = {};

beforeAll(async () => {
  servers = await ServersRoot.unpack();
  await writeFile(join(servers.path, passwordFile), `${password}\n`);
  server = createServer((request, response) => {
    const basic = `Basic ${Buffer.from(`jaeger:${password}`).toString('base64')}`;
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    const body = answers[path];
    response.statusCode = request.headers.authorization !== basic ? 401 : body === undefined ? 404 : 200;
    response.end(body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  address = `http://127.0.0.1:${typeof bound === 'object' ? (bound?.port ?? 0) : 0}`;
});
afterEach(() => {
  answers = {};
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await servers[Symbol.asyncDispose]();
});

const root = (number: string) => JSON.stringify({ version: { number, build_flavor: 'default' } }, undefined, 2);
const openSearch = (number: string) =>
  JSON.stringify({ version: { distribution: 'opensearch', number } }, undefined, 2);

async function firstMessage(changes: Record<string, string> = {}, url = address): Promise<string> {
  const wait = servers.start(['/bin/sh', '-c', waitScript, 'wait', `${url} ${url}`], {
    INDEX_PREFIX: 'eu-prod',
    SUPPORTED: 'elasticsearch-7 opensearch-1 opensearch-2',
    JAEGER_TAG: '1.50.0',
    WRITES: 'true',
    SEARCH_USER: 'jaeger',
    PASSWORD_FILE: passwordFile,
    ...changes,
  });
  try {
    await wait.waitUntil(() => wait.hasEnded || wait.output.includes('\n'));
  } finally {
    await wait.stop('SIGKILL');
  }
  return formedMessages(wait.output)[0]?.replaceAll(address, 'URL') ?? '';
}

test.each([
  ['7.17.10', root('7.17.10'), 'ready: URL is elasticsearch 7.17.10'],
  ['OpenSearch 2', openSearch('2.11.0'), 'ready: URL is opensearch 2.11.0'],
  [
    '8.11.0',
    root('8.11.0'),
    'waiting: URL is elasticsearch 8.11.0, which Jaeger 1.50.0 cannot use; it takes: elasticsearch-7 opensearch-1 opensearch-2 (Elasticsearch 8 from Jaeger 1.52 on)',
  ],
  [
    'OpenSearch 3',
    openSearch('3.0.0'),
    'waiting: URL is opensearch 3.0.0, which Jaeger 1.50.0 cannot use; it takes: elasticsearch-7 opensearch-1 opensearch-2',
  ],
])('a server of version %s is judged by what it says of itself', async (_version, body, line) => {
  answers = { '/': body };
  expect(await firstMessage()).toBe(line);
});

test('a password with quotes, backslashes and blanks reaches the server as it is; a wrong one is named', async () => {
  answers = { '/': root('7.17.10') };
  expect(await firstMessage()).toContain('ready');
  expect(await firstMessage({ SEARCH_USER: 'other' })).toBe('waiting: URL refused the user name or password (401)');
});

test.each(['prod', 'very-eu-prod', ''])('a template of prefix %j, which ends alike, is waited for', async (other) => {
  const template = other === '' ? 'jaeger-span' : `${other}-jaeger-span`;
  answers = { '/': root('7.17.10'), '/_cat/templates/*jaeger-span': `${template}\n` };
  expect(await firstMessage()).toBe(
    `waiting: index prefix "eu-prod" and "${other}" of another installation at URL end alike: choose another one (or delete the template ${template}, if that installation is gone)`,
  );
});

test('templates of prefixes that end otherwise are no trouble', async () => {
  answers = { '/': root('7.17.10'), '/_cat/templates/*jaeger-span': 'eu-prod2-jaeger-span\n' };
  expect(await firstMessage()).toContain('ready');
});

test('who writes waits for room on the disk, and who reads does not', async () => {
  const blocked = '{"a":{"settings":{"index.blocks.read_only_allow_delete":"true"}}}';
  answers = { '/': root('7.17.10'), '/eu-prod-jaeger-*/_settings/index.blocks.read_only_allow_delete': blocked };
  expect(await firstMessage()).toBe(
    'waiting: the disk of URL is full: above the flood-stage watermark its indices take no writes',
  );
  expect(await firstMessage({ WRITES: 'false' })).toContain('ready');
});

test('an address where nobody listens, and one that no DNS knows, are named', async () => {
  expect(await firstMessage({}, 'http://127.0.0.1:1')).toMatch(
    /^waiting: http:\/\/127.0.0.1:1 does not answer \(Failed to connect/,
  );
  expect(await firstMessage({}, 'http://nowhere.invalid:9200')).toBe(
    "waiting: the host of http://nowhere.invalid:9200 is not known to the cluster's DNS",
  );
});
