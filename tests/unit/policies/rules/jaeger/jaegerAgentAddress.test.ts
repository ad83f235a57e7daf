import { describe, expect, it } from 'vitest';
import { documents, manifest } from '../../../../../policies/rules/exampleYaml.ts';
import { jaegerAgentAddress } from '../../../../../policies/rules/jaeger/jaegerAgentAddress.ts';
import { jaegerExample } from '../../../../../policies/rules/jaeger/jaegerExamples.ts';
import { findingsOf, problemsOf } from '../../../../support/problemsOf.ts';

const variable = 'REPORTER_GRPC_HOST_PORT';
const agent = (address: string) => jaegerExample('agent', { env: [`{ name: ${variable}, value: "${address}" }`] });
const service = (spec: string) => manifest('v1', 'Service', 'headless', `spec: { ${spec} }`);
const headless = service('clusterIP: None, selector: { app: collector }');
const collector = jaegerExample('collector');
const set = documents(headless, collector);
const at = 'Deployment/shop/agent, container "shop": spec.template.spec.containers[0]';
const fix = `Fix: ${variable}: dns:///<headless Service of the collectors>:14250`;

describe('jaeger-agent-address', () => {
  it.each([
    'dns:///headless:14250',
    'dns:///headless.shop:14250',
    'dns:///headless.shop.svc.cluster.local:14250',
    'dns:///headless.shop.svc.cluster.local.:14250',
    'dns://10.0.0.10/headless.shop.svc:14250',
    'dns:///headless.elsewhere.svc:14250',
    'dns:///collector.example.com:14250',
  ])('takes %s', (address) => {
    expect(problemsOf(jaegerAgentAddress, documents(set, agent(address)))).toEqual([]);
  });

  it.each(['headless:14250', 'dns:headless:14250', 'dns:///headless', 'a:14250,b:14250', 'dns:///a:1,dns:///b:1'])(
    'refuses %s, and does not repeat it',
    (address) => {
      expect(problemsOf(jaegerAgentAddress, documents(set, agent(address)))).toEqual([
        `${at}.env[0].value is ${variable} and names no dns:///host:port: it must. ${fix}`,
      ]);
    },
  );

  it('asks for the setting, as a variable or as a flag', () => {
    expect(problemsOf(jaegerAgentAddress, jaegerExample('agent'))).toEqual([
      `${at}.env has no ${variable}: it must be there. ${fix}`,
    ]);
    const flag = jaegerExample('agent', { container: ['args: ["--reporter.grpc.host-port=dns:///headless:14250"]'] });
    expect(findingsOf(jaegerAgentAddress, flag)).toEqual([]);
    const secret = jaegerExample('agent', {
      env: [`{ name: ${variable}, valueFrom: { secretKeyRef: { name: a, key: b } } }`],
    });
    expect(findingsOf(jaegerAgentAddress, secret)).toEqual([]);
  });

  it.each([
    [
      'has an address of its own',
      'selector: { app: collector }',
      'Service/shop/headless, which has an address of its own: it must be headless (clusterIP: "None")',
    ],
    [
      'selects others',
      'clusterIP: None, selector: { app: query }',
      'Service/shop/headless, which selects no Jaeger collector of the set: it must select some',
    ],
  ])('looks whether the Service %s', (_what, spec, problem) => {
    const yaml = documents(service(spec), collector, jaegerExample('query'), agent('dns:///headless:14250'));
    expect(problemsOf(jaegerAgentAddress, yaml)).toEqual([
      `${at}.env[0].value is ${variable} and leads to ${problem}. ${fix}`,
    ]);
  });

  it("goes by the collector's own port", () => {
    const moved = jaegerExample('collector', { container: ['args: ["--collector.grpc-server.host-port=:4000"]'] });
    const problems = (port: number) =>
      problemsOf(jaegerAgentAddress, documents(headless, moved, agent(`dns:///headless:${port}`)));
    expect(problems(4000)).toEqual([]);
    expect(problems(14250)).toEqual([
      `${at}.env[0].value is ${variable} and leads to another port than the collector's for gRPC: it must be 4000. ${fix}`,
    ]);
    expect(findingsOf(jaegerAgentAddress, agent('dns:///collector.example.com:4317'))).toHaveLength(1);
  });

  it('finds an agent beside an application', () => {
    const sidecar = manifest(
      'v1',
      'Pod',
      'shop',
      'spec: { containers: [{ name: shop, image: shop }, { name: tracing, image: "registry.example:5000/x/jaeger-agent@sha256:0" }] }',
    );
    expect(findingsOf(jaegerAgentAddress, sidecar).map(({ container }) => container)).toEqual(['tracing']);
  });

  it.each(['shop:1.50.0', 'jaeger-agent-proxy:1', 'x-jaeger-agent:1', 'jaeger-agent/tool:1'])(
    'does not take %s for an agent',
    (image) => {
      const pod = manifest('v1', 'Pod', 'shop', `spec: { containers: [{ name: shop, image: "${image}" }] }`);
      expect(findingsOf(jaegerAgentAddress, pod)).toEqual([]);
    },
  );

  it('does not take an image that a preview cannot know for an agent', () => {
    const pod = manifest(
      'v1',
      'Pod',
      'a',
      'spec: { containers: [{ name: a, image: 04da6b54-80e4-46f7-96ec-b56ff0331ba9 }] }',
    );
    expect(findingsOf(jaegerAgentAddress, pod)).toEqual([]);
    const hidden = agent('04da6b54-80e4-46f7-96ec-b56ff0331ba9');
    expect(findingsOf(jaegerAgentAddress, hidden).map(({ kind, container }) => [kind, container])).toEqual([
      ['unknown', 'shop'],
    ]);
  });
});
