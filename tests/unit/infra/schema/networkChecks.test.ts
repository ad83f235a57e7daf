import { describe, expect, it } from 'vitest';
import { parseStackArguments } from '../../../../infra/schema/parseStackConfig.ts';
import { configProblemLines } from './configProblemLines.ts';

const external = { kind: 'external', urls: ['https://es.example:9200'] };
const ingress = { host: 'ui.example.com', tlsSecretName: 'ui', controller: { namespace: 'ingress' } };
const oidc = {
  issuerUrl: 'https://login.example.com',
  clientId: 'jaeger',
  existingSecret: { name: 'jaeger-oidc' },
  emailDomains: ['example.com'],
  egressCidrs: ['192.0.2.0/24'],
};

function problems(args: Readonly<Record<string, unknown>>): string[] {
  return configProblemLines(() => parseStackArguments(args, 'dev'));
}

describe('an external storage', () => {
  const blockForm =
    'must be a block of addresses like 10.20.0.0/16, no wider than /8 (IPv4) or /32 (IPv6), not link-local and not a special one: a policy that lets everything through is none';

  it('needs its addresses, since a policy cannot name a host', () => {
    expect(problems({ storage: external })).toEqual([
      'storage.egressCidrs: is missing: a network policy cannot name es.example; give the blocks of addresses that it has',
    ]);
    expect(problems({ storage: { ...external, egressCidrs: ['10.20.0.0/16'] } })).toEqual([]);
  });

  it.each([
    [['https://es.elastic.svc:9200']],
    [['https://es.elastic.svc.cluster.local:9200', 'https://10.1.2.3:9200']],
  ])('needs none where its hosts are Services or addresses: %j', (urls) => {
    expect(problems({ storage: { ...external, urls } })).toEqual([]);
  });

  it.each([
    ...['0.0.0.0/0', '0.0.0.0/8', '128.0.0.0/7', '127.0.0.1/32', '169.254.169.254/32', '224.0.0.0/8', '10.20.0.0'],
    ...['::/0', '2000::/3', '2600::/16', '::ffff:0:0/96', '64:ff9b::/96', '2002::/32', 'fe80::/64'],
    ...['10.20.0.0/33', 'es.example', 10],
  ])('is refused the block %j', (block) => {
    const found = problems({ storage: { ...external, egressCidrs: [block] } });
    expect(found).toEqual([`storage.egressCidrs[0] = ${JSON.stringify(block)}: ${blockForm}`]);
  });

  it('is not taken for a Service by a part of its name', () => {
    const urls = ['https://es.prod.svc.example.com:9200'];
    expect(problems({ storage: { ...external, urls } })).toHaveLength(1);
  });

  it('has ports, where they are given', () => {
    expect(problems({ storage: { ...external, urls: ['https://es.elastic.svc'], egressPorts: [] } })).toEqual([
      'storage.egressPorts = []: must name at least one port',
    ]);
  });

  it.each(['10.0.0.0/8', '192.0.2.7/32', '2001:db8::/32'])('is given the block %s', (block) => {
    expect(problems({ storage: { ...external, egressCidrs: [block] } })).toEqual([]);
  });
});

describe('an ingress', () => {
  it('says who may see the UI: whoever logs in, or everybody', () => {
    expect(problems({ ingress })).toEqual([
      "ingress.oidc: is missing: Jaeger's UI asks nobody who they are. Set it, or accept that with ingress.unauthenticated: true",
    ]);
    expect(problems({ ingress: { ...ingress, unauthenticated: true } })).toEqual([]);
    expect(problems({ ingress: { ...ingress, oidc } })).toEqual([]);
    expect(problems({ ingress: { ...ingress, oidc, unauthenticated: true } })).toEqual([
      'ingress.oidc: stands beside ingress.unauthenticated: give only one of them',
    ]);
    expect(problems({ ingress: { ...ingress, unauthenticated: false } })[0]).toBe(
      'ingress.unauthenticated = false: must be true, or left out',
    );
  });

  it('says where its controller is', () => {
    const { controller: _controller, ...without } = { ...ingress, unauthenticated: true };
    expect(problems({ ingress: without })[0]).toMatch(/^ingress.controller: is missing/);
    expect(problems({ ingress: { ...without, controller: {} } })).toEqual([
      'ingress.controller = {}: must say "namespace", "cidrs" or both',
    ]);
    const controller = (given: object) => problems({ ingress: { ...without, controller: given } });
    expect(controller({ cidrs: ['10.0.0.0/24'] })).toEqual([]);
    expect(controller({ cidrs: ['10.0.0.0/8'] })[0]).toMatch(/no wider than \/16 \(IPv4\) or \/48 \(IPv6\)/);
    expect(controller({ cidrs: ['10.0.0.0/24'], podLabels: { app: 'traefik' } })).toEqual([
      'ingress.controller.podLabels = {"app":"traefik"}: is of use only beside "namespace": addresses have no labels',
    ]);
  });

  it('with a log-in has a certificate, an issuer over https that policies can name, and somebody who is let in', () => {
    const { tlsSecretName: _secret, ...plain } = ingress;
    expect(problems({ ingress: { ...plain, oidc } })).toEqual([
      'ingress.tlsSecretName: is missing: cookies of a log-in go over https only',
    ]);
    const issuer = (changes: object) => problems({ ingress: { ...ingress, oidc: { ...oidc, ...changes } } });
    expect(issuer({ issuerUrl: 'http://login.example.com' })[0]).toMatch(
      /^ingress.oidc.issuerUrl = .*: must be an address/,
    );
    expect(issuer({ egressCidrs: [] })).toEqual([
      'ingress.oidc.egressCidrs: is missing: a network policy cannot name login.example.com; give the blocks of addresses that it has',
    ]);
    expect(issuer({ egressCidrs: [], issuerUrl: 'https://dex.login.svc:5556/dex' })).toEqual([]);
    expect(issuer({ emailDomains: [] })).toEqual([
      'ingress.oidc.emailDomains = []: must name at least one domain ("*" for everybody whom the issuer lets in)',
    ]);
  });
});

describe('access', () => {
  it('is given to people, not to the cluster itself or to everybody', () => {
    const groups = (group: string) => problems({ access: { operators: { groups: [group] } } });
    expect(groups('oidc:sre')).toEqual([]);
    expect(groups('Domain Users')).toEqual([]);
    expect(groups('system:authenticated')[0]).toMatch(
      /^access.operators.groups\[0\] = "system:authenticated": must be a name as the cluster knows it/,
    );
  });
});
