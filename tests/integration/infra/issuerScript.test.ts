import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { issuerScript } from '../../../infra/jaeger/issuerScript.ts';
import type { KeyAndCertificate } from '../../../tools/cluster/pki/certificateAuthority.ts';
import { formedMessages } from '../../support/formedLine.ts';
import { ServersRoot } from '../support/serversRoot.ts';
import { longAgo, statedAuthority, StatedIssuer } from '../support/statedIssuer.ts';
import type { TestProcess } from '../support/testProcess.ts';

// The script with the image's sh and curl, against answers that a real issuer gives only in trouble.
const directory = '/run/watch';
const cookieSecret = 'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE=';
let root: ServersRoot;
let authority: KeyAndCertificate;
let issuer: StatedIssuer;

beforeAll(async () => {
  root = await ServersRoot.unpack();
  authority = await statedAuthority();
  await writeFile(join(root.path, 'etc/hosts'), '127.0.0.1 login.test\n');
});
beforeEach(async () => {
  issuer = await StatedIssuer.start(authority);
  await mkdir(join(root.path, directory), { recursive: true });
  await Promise.all([
    put('ca.crt', authority.certificate),
    put('client-secret', 'right'),
    put('cookie-secret', cookieSecret),
  ]);
});
afterEach(async () => {
  await issuer[Symbol.asyncDispose]();
  await rm(join(root.path, directory), { recursive: true });
});
afterAll(() => root[Symbol.asyncDispose]());

function put(name: string, content: string): Promise<void> {
  return writeFile(join(root.path, directory, name), content);
}

function start(url = issuer.url, changes: Record<string, string> = {}): TestProcess {
  return root.start(['/bin/sh', '-c', issuerScript, 'watch-issuer'], {
    ISSUER_URL: url,
    CLIENT_ID: 'tracing',
    REDIRECT_URL: 'https://ui.test/oauth2/callback',
    CLIENT_SECRET_FILE: `${directory}/client-secret`,
    CLIENT_SECRET_NAME: 'client-secret of Secret ui-login',
    COOKIE_SECRET_FILE: `${directory}/cookie-secret`,
    COOKIE_SECRET_NAME: 'cookie-secret of Secret ui-login',
    CA_FILE: `${directory}/ca.crt`,
    LOOKED_FILE: `${directory}/looked`,
    READY_FILE: `${directory}/ready`,
    ...changes,
  });
}

/** The first message, without the parts that change from run to run. */
async function firstMessage(url?: string, changes?: Record<string, string>): Promise<string> {
  const watch = start(url, changes);
  try {
    await watch.waitUntil(() => watch.hasEnded || watch.output.includes('\n'));
  } finally {
    await watch.stop('SIGKILL');
  }
  return (formedMessages(watch.output)[0] ?? '').replaceAll(issuer.url, 'ISSUER');
}

const ready = 'ready: the issuer ISSUER takes log-ins';
const discovery = 'ISSUER/.well-known/openid-configuration';

test.each(['form', 'header'] as const)('a client that shows its secret in the %s is known', async (shownBy) => {
  issuer.answers.shownBy = shownBy;
  expect(await firstMessage()).toBe(ready);
});

test('a document in one line, with escaped slashes, is read as well', async () => {
  const document = { ...issuer.document(), nested: { token_endpoint: 'https://other.test' } };
  issuer.answers.document = JSON.stringify(document).replaceAll('/', String.raw`\/`);
  expect(await firstMessage()).toBe(ready);
  expect(issuer.tokenRequests).toEqual(['form']);
});

test('a wrong client secret is named, and shown to the issuer no more often than twice a minute', async () => {
  await put('client-secret', 'wrong');
  const watch = start();
  try {
    await watch.waitUntil(() => issuer.tokenRequests.length > 1 && watch.output.includes('\n'));
    await new Promise((resolve) => setTimeout(resolve, 4000));
    expect(issuer.tokenRequests).toEqual(['form', 'header']);
    expect(formedMessages(watch.output)).toEqual([
      `waiting: the issuer ${issuer.url} knows no client tracing with the secret that is client-secret of Secret ui-login`,
    ]);
    await put('client-secret', 'right');
    await watch.waitUntil(() => watch.output.includes('ready: '));
  } finally {
    await watch.stop('SIGKILL');
  }
});

test('a secret of other than plain letters is not judged: issuers read it differently', async () => {
  await put('client-secret', 'wr+ng');
  expect(await firstMessage()).toBe(ready);
  expect(issuer.tokenRequests).toEqual([]);
});

test.each([
  ['client-secret', 'right\n', 'ends with a newline, which the issuer would be sent too'],
  ['client-secret', '', 'is empty'],
  [
    'cookie-secret',
    'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789+/AbCdE=',
    'has 44 bytes and is no key of cookies: make one with openssl rand -base64 32 | tr -- +/ -_',
  ],
  [
    'cookie-secret',
    `${cookieSecret}\n`,
    'has 45 bytes and is no key of cookies: make one with openssl rand -base64 32 | tr -- +/ -_',
  ],
])('%s of %j is refused before anybody is asked', async (name, content, problem) => {
  await put(name, content);
  expect(await firstMessage()).toBe(`waiting: ${name} of Secret ui-login ${problem}`);
});

test.each(['0123456789abcdef', '0123456789abcdef0123456789abcdef', cookieSecret.slice(0, 43)])(
  'a key of cookies %j is one that oauth2-proxy takes',
  async (key) => {
    await put('cookie-secret', key);
    expect(await firstMessage()).toBe(ready);
  },
);

test('an issuer that is nowhere, down, or no issuer is named', async () => {
  expect(await firstMessage('https://nowhere.invalid')).toBe(
    "waiting: the host of https://nowhere.invalid/.well-known/openid-configuration is not known to the cluster's DNS",
  );
  expect(await firstMessage('https://login.test:1')).toMatch(
    /^waiting: https:\/\/login.test:1\/.* does not answer \(Failed to connect .*\); pods are let through to ingress.oidc.egressCidrs only$/,
  );
  expect(await firstMessage(`${issuer.url}/realms/other`)).toBe(
    'waiting: ISSUER/realms/other/.well-known/openid-configuration answers 404: is ingress.oidc.issuerUrl right?',
  );
  issuer.answers.document = { issuer: issuer.url };
  expect(await firstMessage()).toBe(`waiting: ${discovery} is no discovery document of OpenID Connect`);
});

test('an issuer of another name, and one whose keys cannot be had, are named', async () => {
  expect(await firstMessage(`${issuer.url}/`)).toBe(
    'waiting: the issuer calls itself ISSUER: set ingress.oidc.issuerUrl to that',
  );
  issuer.answers.keysStatus = 503;
  expect(await firstMessage()).toBe('waiting: ISSUER/keys answers 503');
});

test('certificates that have expired, are of an unknown CA or for another host are named', async () => {
  await using expired = await StatedIssuer.start(authority, { now: longAgo() });
  expect(await firstMessage(expired.url)).toBe(
    `waiting: the certificate of ${expired.url}/.well-known/openid-configuration has expired`,
  );
  await using elsewhere = await StatedIssuer.start(authority, { name: 'other.test' });
  expect(await firstMessage(elsewhere.url)).toMatch(
    /^waiting: the certificate of .* is not trusted \(.*login\.test.*\)$/,
  );
  await using unknown = await StatedIssuer.start(await statedAuthority());
  expect(await firstMessage(unknown.url)).toMatch(
    /^waiting: the certificate of .* is not trusted \(.*\); its CA belongs into ingress.oidc.ca$/,
  );
});

test('what goes wrong after it was well is said at every look, until it is well again', async () => {
  const watch = start();
  try {
    const ready = `ready: the issuer ${issuer.url} takes log-ins`;
    const failing = `failing: ${issuer.url}/.well-known/openid-configuration answers 404: is ingress.oidc.issuerUrl right?`;
    await watch.waitUntil(() => watch.output.endsWith('\n'));
    expect(formedMessages(watch.output)).toEqual([ready]);
    issuer.answers.document = undefined;
    await watch.waitUntil(() => watch.output.split(failing).length > 2);
    issuer.answers.document = issuer.document();
    await watch.waitUntil(() => watch.output.split(ready).length > 2);
    expect(formedMessages(watch.output).filter((message) => ![ready, failing].includes(message))).toEqual([]);
    expect(watch.output).toMatch(/^\{"level":"info",.*\n\{"level":"error",/);
  } finally {
    await watch.stop('SIGKILL');
  }
  expect(await root.succeeds(['test', '-e', `${directory}/ready`])).toBe(true);
  expect(await root.succeeds(['/bin/sh', '-c', `[ -n "$(find ${directory}/looked -mmin -2)" ]`])).toBe(true);
});
