import { describe, expect, it } from 'vitest';
import { documents, manifest } from '../../../../../policies/rules/exampleYaml.ts';
import { jaegerExample } from '../../../../../policies/rules/jaeger/jaegerExamples.ts';
import { jaegerSamplingReload } from '../../../../../policies/rules/jaeger/jaegerSamplingReload.ts';
import { jaegerSamplingStrategies } from '../../../../../policies/rules/jaeger/jaegerSamplingStrategies.ts';
import { findingsOf, problemsOf } from '../../../../support/problemsOf.ts';

const map = (key: string, json: string) => manifest('v1', 'ConfigMap', 'sampling', `data: { ${key}: '${json}' }`);
const wrong = '{"default_strategy":{"type":"probabilistic","param":2}}';
const file = 'SAMPLING_STRATEGIES_FILE';
const collector = (path: string, mount = 'mountPath: /etc/sampling', volume = 'configMap: { name: sampling }') =>
  jaegerExample('collector', {
    pod: [`volumes: [{ name: v, ${volume} }]`],
    container: [`volumeMounts: [{ name: v, ${mount} }]`],
    env: [`{ name: ${file}, value: "${path}" }`],
  });

describe('jaeger-sampling-strategies', () => {
  it('says what is wrong at the ConfigMap, once for all collectors that mount it', () => {
    const one = collector('/etc/sampling/a.json');
    const yaml = documents(map('a.json', wrong), one, one.replace('name: collector,', 'name: more,'));
    expect(problemsOf(jaegerSamplingStrategies, yaml)).toEqual([
      'ConfigMap/shop/sampling: data["a.json"] holds sampling strategies that Jaeger would not read as they are meant: default_strategy.param is 2: it must be 0, or a number from 0.000000001 to 1 (share of traces). Fix: { "default_strategy": { "type": "probabilistic", "param": 0.1 }, "service_strategies": [] }',
    ]);
  });

  it.each([
    [
      'another path of the volume',
      collector(
        '/etc/sampling/b.json',
        undefined,
        'configMap: { name: sampling, items: [{ key: a.json, path: b.json }] }',
      ),
    ],
    ['a subPath', collector('/etc/b.json', 'mountPath: /etc/b.json, subPath: a.json')],
    [
      'a projected volume',
      collector('/etc/sampling/a.json', undefined, 'projected: { sources: [{ configMap: { name: sampling } }] }'),
    ],
    [
      'a flag',
      collector('').replace(`env:`, 'args: ["--sampling.strategies-file", "/etc/sampling/a.json"]\n          env:'),
    ],
    ['an all-in-one', collector('/etc/sampling/a.json').replace('jaeger-collector', 'jaeger-all-in-one')],
  ])('finds the file through %s', (_what, yaml) => {
    expect(findingsOf(jaegerSamplingStrategies, documents(map('a.json', wrong), yaml))).toHaveLength(1);
  });

  it.each([
    ['a ConfigMap that no collector mounts', jaegerExample('collector')],
    ['a file of the image', collector('/etc/other/a.json')],
    ['an address', collector('http://config.example/a.json')],
    ['a volume of another kind', collector('/etc/sampling/a.json', undefined, 'secret: { secretName: sampling }')],
    ['a ConfigMap of elsewhere', collector('/etc/sampling/a.json', undefined, 'configMap: { name: other }')],
    ['another program', collector('/etc/sampling/a.json').replace('jaeger-collector', 'jaeger-query')],
  ])('has nothing to say of %s', (_what, yaml) => {
    expect(findingsOf(jaegerSamplingStrategies, documents(map('a.json', wrong), yaml))).toEqual([]);
  });

  it('says that there is no such file', () => {
    expect(
      problemsOf(jaegerSamplingStrategies, documents(map('b.json', wrong), collector('/etc/sampling/a.json'))),
    ).toEqual([
      'Deployment/shop/collector, container "shop": spec.template.spec.containers[0].env[0].value names a file that would be the key "a.json" of ConfigMap/shop/sampling, which has none: it must have it. Fix: data: { "a.json": the sampling strategies as JSON }',
    ]);
  });
});

describe('jaeger-sampling-reload', () => {
  const reloading = (...env: readonly string[]) =>
    jaegerExample('collector', { env: [`{ name: ${file}, value: /a }`, ...env] });
  const interval = (value: string) => reloading(`{ name: SAMPLING_STRATEGIES_RELOAD_INTERVAL, value: "${value}" }`);
  const at = 'Deployment/shop/collector, container "shop": spec.template.spec.containers[0]';

  it('asks for an interval', () => {
    expect(problemsOf(jaegerSamplingReload, reloading())).toEqual([
      `${at}.env has no SAMPLING_STRATEGIES_RELOAD_INTERVAL: it must be one. Fix: { name: SAMPLING_STRATEGIES_RELOAD_INTERVAL, value: "10s" }`,
    ]);
  });

  it.each(['0', '0s', 'never', '-1s'])('refuses %s', (value) => {
    expect(problemsOf(jaegerSamplingReload, interval(value))).toEqual([
      `${at}.env[1].value is SAMPLING_STRATEGIES_RELOAD_INTERVAL and no duration above 0: it must be one. Fix: { name: SAMPLING_STRATEGIES_RELOAD_INTERVAL, value: "10s" }`,
    ]);
  });

  it('takes an interval that the set does not show', () => {
    const source = 'valueFrom: { configMapKeyRef: { name: elsewhere, key: interval } }';
    const hidden = reloading(`{ name: SAMPLING_STRATEGIES_RELOAD_INTERVAL, ${source} }`);
    expect(findingsOf(jaegerSamplingReload, hidden)).toEqual([]);
  });

  it('asks nothing of a collector without a file', () => {
    expect(findingsOf(jaegerSamplingReload, documents(interval('1m'), jaegerExample('collector')))).toEqual([]);
  });
});
