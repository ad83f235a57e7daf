import { isRecord } from './isRecord.ts';
import { mappingIn } from './mappingIn.ts';
import { addressBlock, serviceNamespace } from './networkFields.ts';
import type { ConfigProblem } from './stackConfigError.ts';

type Mapping = Readonly<Record<string, unknown>>;

/** What would leave a pod without its way through the network policies, or let nobody know who comes in. */
export function networkProblems(own: Mapping): ConfigProblem[] {
  return [
    ...storageEgressProblems(mappingIn(own, 'storage')),
    ...kafkaEgressProblems(own),
    ...ingressAccessProblems(own),
  ];
}

function storageEgressProblems(storage: Mapping): ConfigProblem[] {
  if (storage['kind'] !== 'external' || listIn(storage, 'egressCidrs').length > 0) return [];
  const unknown = listIn(storage, 'urls').map(hostOf).find(isBeyondPolicies);
  return unknown === undefined ? [] : [missing('storage.egressCidrs', unknown)];
}

function kafkaEgressProblems(own: Mapping): ConfigProblem[] {
  const kafka = mappingIn(mappingIn(own, 'streaming'), 'kafka');
  if (kafka['kind'] !== 'external' || listIn(kafka, 'egressCidrs').length > 0) return [];
  const unknown = listIn(kafka, 'brokers')
    .map((broker) => hostOf(`kafka://${String(broker)}`))
    .find(isBeyondPolicies);
  return unknown === undefined ? [] : [missing('streaming.kafka.egressCidrs', unknown)];
}

function ingressAccessProblems(own: Mapping): ConfigProblem[] {
  const ingress = own['ingress'];
  if (!isRecord(ingress)) return [];
  const oidc = mappingIn(ingress, 'oidc');
  const withOidc = ingress['oidc'] !== undefined;
  if (withOidc === (ingress['unauthenticated'] === true)) return [authenticationProblem(withOidc)];
  if (!withOidc) return [];
  const host = hostOf(oidc['issuerUrl']);
  const tls = 'is missing: cookies of a log-in go over https only';
  return [
    ...(listIn(oidc, 'egressCidrs').length === 0 && isBeyondPolicies(host)
      ? [missing('ingress.oidc.egressCidrs', host)]
      : []),
    ...(ingress['tlsSecretName'] === undefined ? [{ key: 'ingress.tlsSecretName', message: tls }] : []),
  ];
}

function authenticationProblem(both: boolean): ConfigProblem {
  const message = both
    ? 'stands beside ingress.unauthenticated: give only one of them'
    : "is missing: Jaeger's UI asks nobody who they are. Set it, or accept that with ingress.unauthenticated: true";
  return { key: 'ingress.oidc', message };
}

function missing(key: string, host: string): ConfigProblem {
  const message = `is missing: a network policy cannot name ${host}; give the blocks of addresses that it has`;
  return { key, message };
}

/** Whether a policy has neither a namespace nor an address to go by. What is no address at all is a problem of its own key. */
function isBeyondPolicies(host: string | undefined): host is string {
  return host !== undefined && serviceNamespace(host) === undefined && addressBlock(host) === undefined;
}

function hostOf(url: unknown): string | undefined {
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).hostname : undefined;
}

function listIn(own: Mapping, key: string): readonly unknown[] {
  const value = own[key];
  return Array.isArray(value) ? value : [];
}
