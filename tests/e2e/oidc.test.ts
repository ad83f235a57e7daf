import { AppsV1Api, NetworkingV1Api } from '@kubernetes/client-node';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { serviceNames } from '../../infra/jaeger/endpoints.ts';
import { oauth2ProxyPorts, queryPorts } from '../../infra/jaeger/ports.ts';
import { applyManifests } from '../../tools/kube/applyManifests.ts';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { ProbePod } from './support/attack/probePod.ts';
import { namespaceObject } from './support/externalElasticsearchObjects.ts';
import { deletePods } from './support/namespacePods.ts';
import { placesWith, readNamespaceTexts, type Places } from './support/secretSearch.ts';
import { shareElasticsearch } from './support/sharedElasticsearch.ts';
import { sendTrace } from './support/stackTraces.ts';
import { secondsUntil } from './support/statusOf.ts';
import { TestStack } from './support/testStack.ts';
import { cookieSecret, UiLogin } from './support/uiLogin.ts';
import { isHealthy, isSaid } from './support/waitingCause.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const resources = new AsyncDisposableStack();
const storage = { kind: 'external', urls: ['http://elasticsearch.tracing.svc:9200'], indexPrefix: 'oidc.e2e' };
const proxy = serviceNames.oauth2Proxy;
let stack: TestStack;
let ui: UiLogin;

beforeAll(async () => {
  stack = resources.use(await TestStack.create('oidc', { config: {} }));
  resources.use(await shareElasticsearch(kube, 'tracing', stack.namespace));
  ui = resources.use(await UiLogin.start(kube, stack.namespace));
  await configure(ui.ingressConfig);
});
afterAll(() => resources.disposeAsync());

function configure(ingress: Readonly<Record<string, unknown>>): Promise<void> {
  const query = { replicas: 1, basePath: ui.basePath };
  return stack.configure({ config: { environment: 'dev', storage, query, ingress } });
}

/** Waits until `status` says this of oauth2-proxy, or of the Ingress; gives the seconds. */
function said(what: string, words: RegExp, component: string = proxy): Promise<number> {
  return secondsUntil(what, () => isSaid(stack.namespace, { [component]: words }));
}

function healthyAgain(what: string): Promise<number> {
  return secondsUntil(`${what}: healthy again`, () => isHealthy(stack.namespace));
}

test('one `up` waits through missing Secrets, an issuer that is down and a wrong secret, names each, and goes on', async () => {
  await applyManifests(kube, [namespaceObject(stack.namespace)]);
  await ui.issuer.stop();
  const up = stack.run('up', '--no-example', '--json');
  await secondsUntil(
    'missing Secret',
    () => isSaid(stack.namespace, { [proxy]: /ui-(login|issuer-ca)" not found/ }),
    240,
  );
  await Promise.all([ui.writeLogin('wrong'), ui.writeAuthority(), ui.writeCertificate(await ui.issue())]);
  const times = [await said('issuer down', /watch-issuer: https:\/\/dex.*(does not answer|no connection|not known)/)];
  await ui.issuer.resume();
  times.push(
    await said('wrong secret', /knows no client tracewright with the secret that is client-secret of Secret ui-login/),
  );
  await ui.writeLogin();
  times.push(await healthyAgain('the right secret'));
  const { exitCode, stderr } = await up;
  expect([exitCode, stderr]).toEqual([0, expect.stringMatching(/watch-issuer: https:\/\/dex/)]);
  expect(stderr).toMatch(/knows no client tracewright/);
  console.info(`issuer down, wrong secret, all well: ${times.map((seconds) => seconds.toFixed(1)).join(', ')} s`);
});

test('who has no session is sent to the issuer; a script is refused', async () => {
  const { url } = await ui.visitor().visit(`${ui.url}/search`);
  expect(url.hostname).toBe(new URL(ui.issuer.url).hostname);
  expect((await ui.visitor().ask(`${ui.url}/api/services`)).status).toBe(401);
});

test('a member logs in, sees the UI under its base path, and reads a trace over TLS', async () => {
  const visitor = ui.visitor();
  const page = await ui.logIn(visitor, '/search', ui.issuer.users.member);
  expect([page.status, page.url.href]).toEqual([200, `${ui.url}/search`]);
  const { traceId, spanCount } = await sendTrace(kube, stack.namespace);
  await secondsUntil('the trace', async () => {
    const { status, body } = await visitor.ask(`${ui.url}/api/traces/${traceId}`);
    const spans = status === 200 ? (JSON.parse(body) as { data: [{ spans: unknown[] }] }).data[0].spans.length : 0;
    return { done: spans === spanCount, seen: { status, spans } };
  });
});

test('somebody of another domain is refused; so are a forged cookie and headers that claim to be a member', async () => {
  expect((await ui.logIn(ui.visitor(), '/search', ui.issuer.users.stranger)).status).toBe(403);
  const headers = {
    cookie: '__Secure-tracewright=forged|1763850000|forged',
    'x-forwarded-email': ui.issuer.users.member.email,
    'x-auth-request-email': ui.issuer.users.member.email,
    'x-forwarded-user': 'member',
  };
  expect((await ui.visitor().ask(`${ui.url}/api/services`, { headers })).status).toBe(401);
});

test("nobody gets around the log-in: the policies let the controller's pods through to it, and not to the query service", async () => {
  const { namespace, podLabels } = ui.controller;
  const probe = await ProbePod.start(kube, { name: 'around-the-login', namespace, labels: podLabels });
  const host = (service: string) => `${service}.${stack.namespace}.svc.cluster.local`;
  const targets = [
    { host: host(proxy), port: oauth2ProxyPorts.http.number },
    { host: host(serviceNames.query), port: queryPorts.http.number },
    { host: host(serviceNames.query), port: queryPorts.grpc.number },
  ];
  // A policy takes notice of a new pod some moments after its start.
  await secondsUntil('the way through the log-in', async () => {
    const seen = await probe.probe(targets);
    return { done: seen[0] === true, seen };
  });
  expect(await probe.probe(targets)).toEqual([true, false, false]);
});

test('no secret of the log-in stands anywhere but in its Secret', async () => {
  const deployments = await kube.makeApiClient(AppsV1Api).listNamespacedDeployment({ namespace: stack.namespace });
  const ingresses = await kube.makeApiClient(NetworkingV1Api).listNamespacedIngress({ namespace: stack.namespace });
  const places: Places = {
    ...(await readNamespaceTexts(kube, stack.namespace)),
    deployments: JSON.stringify(deployments.items),
    ingresses: JSON.stringify(ingresses.items),
  };
  expect(places['logs']).toContain('AuthSuccess');
  for (const secret of [ui.issuer.client.secret, cookieSecret]) expect(placesWith(places, secret)).toEqual([]);
});

test('an issuer that goes down is named within a minute; who is logged in stays so, and others come in when it is back', async () => {
  const member = ui.visitor();
  await ui.logIn(member, '/search', ui.issuer.users.member);
  await ui.issuer.stop();
  const named = await said(
    'issuer down later',
    /people cannot log in: https:\/\/dex.*(does not answer|no connection|not known)/,
  );
  expect((await member.ask(`${ui.url}/search`)).status).toBe(200);
  // Pods that start now wait for it, and do not end.
  await deletePods(kube, stack.namespace, [proxy]);
  await said('issuer down at a start', /watch-issuer: https:\/\/dex/);
  await ui.issuer.resume();
  const healthy = await healthyAgain('issuer');
  // An Ingress controller takes notice of pods that are ready again some seconds after Kubernetes.
  await secondsUntil('the way to the UI', async () => {
    const { status } = await member.ask(`${ui.url}/search`);
    return { done: status === 200, seen: status };
  });
  expect((await ui.logIn(ui.visitor(), '/search', ui.issuer.users.member)).status).toBe(200);
  console.info(`issuer down: named after ${named.toFixed(1)} s; healthy ${healthy.toFixed(1)} s after it came back`);
});

test('an issuer whose certificate no known CA vouches for is named', async () => {
  await ui.writeAuthority((await ui.issue()).certificate);
  await deletePods(kube, stack.namespace, [proxy]);
  await said('unknown CA', /the certificate of https:\/\/dex.* is not trusted .*its CA belongs into ingress\.oidc\.ca/);
  await ui.writeAuthority();
  await deletePods(kube, stack.namespace, [proxy]);
  await healthyAgain('the right CA');
});

test('a certificate of the UI that has expired, is for another host, or is missing is named', async () => {
  const ingress = serviceNames.query;
  await ui.writeCertificate(await ui.issue({ daysAgo: 400 }));
  await said(
    'expired',
    /the certificate in its Secret ui-tls expired on \d{4}-\d\d-\d\d: put a new one there/,
    ingress,
  );
  await ui.writeCertificate(await ui.issue({ host: 'other.example' }));
  await said('another host', /is for DNS:other\.example, not for ui\.tracing\.example/, ingress);
  await ui.deleteCertificate();
  await said('missing', /its Secret ui-tls is not there/, ingress);
  const { stderr, stdout } = await stack.up();
  expect(stdout + stderr).toMatch(
    /its Secret ui-tls is not there: make it from the certificate of ui\.tracing\.example/,
  );
  await ui.writeCertificate(await ui.issue());
  await healthyAgain('the right certificate');
});

test('a stack that says so serves its UI without a log-in, and nothing is left of oauth2-proxy', async () => {
  const { oidc: _oidc, ...open } = ui.ingressConfig;
  await configure({ ...open, unauthenticated: true });
  await stack.up();
  await secondsUntil('the open UI', async () => {
    const { status, body } = await ui.visitor().ask(`${ui.url}/api/services`);
    return { done: status === 200 && body.includes('"data"'), seen: { status, body } };
  });
  const { items } = await kube.makeApiClient(AppsV1Api).listNamespacedDeployment({ namespace: stack.namespace });
  expect(items.map(({ metadata }) => metadata?.name).sort()).toEqual(['jaeger-collector', 'jaeger-query']);
});
