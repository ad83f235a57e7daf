import { expect, test } from 'vitest';
import {
  deploymentNamespaces,
  missingOptionalWorkloads,
  missingWorkloads,
} from '../../../../tools/kube/missingWorkloads.ts';
import { describeProblem, type PlacedWorkload } from '../../../../tools/kube/workload.ts';

function workload(namespace: string, kind: PlacedWorkload['kind'], name: string): PlacedWorkload {
  return { namespace, kind, name, wanted: 1, ready: 1, complete: true, waitsFor: [], failures: [] };
}

const collector = workload('tracing', 'Deployment', 'jaeger-collector');
const query = workload('tracing', 'Deployment', 'jaeger-query');
const agent = workload('tracing', 'DaemonSet', 'jaeger-agent');
const placedAgent = { ...agent, namespace: 'tracing-agent' };

function missing(names: readonly string[], workloads: readonly PlacedWorkload[]): string[] {
  return missingWorkloads(deploymentNamespaces(names, workloads), workloads).map(
    (problem) => `${problem.namespace}: ${describeProblem(problem)}`,
  );
}

test('a whole deployment lacks nothing, with its agent beside it or in a namespace of its own', () => {
  expect(missing(['tracing'], [collector, query, agent])).toEqual([]);
  expect(missing(['tracing', 'tracing-agent'], [collector, query, placedAgent])).toEqual([]);
});

test('a deleted Deployment is told, and how it comes back', () => {
  expect(missing(['tracing'], [collector, agent])).toEqual([
    'tracing: Deployment jaeger-query is not there: `npm run up` makes it',
  ]);
});

test('a deleted agent is told of the deployment, not of the namespace that it was in', () => {
  expect(missing(['tracing', 'tracing-agent'], [collector, query])).toEqual([
    'tracing: DaemonSet jaeger-agent is not there: `npm run up` makes it',
  ]);
});

test('a namespace of a stack that holds nothing lacks all', () => {
  const example = workload('checkout', 'Deployment', 'storefront');
  expect(missing(['tracing'], [example])).toHaveLength(3);
});

test('a deployment of its own may be in a namespace that is called like one of agents', () => {
  const own = [collector, query, placedAgent].map((found) => ({ ...found, namespace: 'tracing-agent' }));
  expect(missing(['tracing', 'tracing-agent'], [collector, query, agent, ...own])).toEqual([]);
  expect(missing(['tracing-agent'], own)).toEqual([]);
});

test('a deleted log-in is told of a deployment that has one', () => {
  const proxy = workload('tracing', 'Deployment', 'oauth2-proxy');
  const found = (policies: string[]) => [{ namespace: 'tracing', policies, agentPolicies: undefined, checked: true }];
  expect(missingOptionalWorkloads(found(['default-deny', 'oauth2-proxy']), [query]).map(describeProblem)).toEqual([
    'Deployment oauth2-proxy is not there: `npm run up` makes it',
  ]);
  expect(missingOptionalWorkloads(found(['default-deny', 'oauth2-proxy']), [query, proxy])).toEqual([]);
  expect(missingOptionalWorkloads(found(['default-deny']), [query])).toEqual([]);
});

test('a deleted ingester or broker is told of a deployment that streams', () => {
  const found = (policies: string[]) => [{ namespace: 'tracing', policies, agentPolicies: undefined, checked: true }];
  const ingester = workload('tracing', 'Deployment', 'jaeger-ingester');
  const broker = workload('tracing', 'StatefulSet', 'kafka');
  expect(missingOptionalWorkloads(found(['jaeger-ingester', 'kafka']), []).map(describeProblem)).toEqual([
    'Deployment jaeger-ingester is not there: `npm run up` makes it',
    'StatefulSet kafka is not there: `npm run up` makes it',
  ]);
  expect(missingOptionalWorkloads(found(['jaeger-ingester', 'kafka']), [ingester, broker])).toEqual([]);
  // Of a Kafka elsewhere, there is no policy.
  expect(missingOptionalWorkloads(found(['jaeger-ingester']), [ingester])).toEqual([]);
});
