import { evaluate } from '../../../../../policies/evaluation/evaluate.ts';
import { resolveSettings, type PolicyConfiguration } from '../../../../../policies/configuration/resolveSettings.ts';
import { fieldAt } from '../../../../../policies/kubernetes/fields.ts';
import type { KubernetesObject } from '../../../../../policies/kubernetes/object.ts';
import type { Rule } from '../../../../../policies/rule.ts';
import { exemptionUse } from '../../../../../tools/policy/exemptionUse.ts';
import { checkManifests } from '../../../../../tools/policy/manifests/checkManifests.ts';
import { parseManifest } from '../../../../../tools/policy/manifests/parseManifest.ts';
import type { PolicyRun, Target } from '../../../../../tools/policy/policyRun.ts';
import { checkStack } from '../../../../../tools/policy/stacks/checkStack.ts';
import { anObjectRule } from '../../../policies/support/testRules.ts';

/** The day on which the runs of these tests happen. */
export const today = new Date('2026-06-15T12:00:00Z');

/** Rules of every level, one of which is broken and one of which reads a value that may be unknown. */
export const someRules: readonly Rule[] = [
  flagRule('no-harm', 'harm', 'mandatory'),
  flagRule('no-doubt', 'doubt', 'advisory'),
  anObjectRule({
    name: 'knows',
    check: function* (object) {
      if (fieldAt(object.body, 'secret') === 'nothing')
        yield { path: 'secret', problem: 'is nothing', fix: 'something' };
    },
  }),
  anObjectRule({
    name: 'holds',
    check: (object) => {
      if (fieldAt(object.body, 'breaks') === true) throw new RangeError('it broke');
      return [];
    },
  }),
];

function flagRule(name: string, flag: string, level: 'mandatory' | 'advisory'): Rule {
  return anObjectRule({
    name,
    level,
    check: function* (object: KubernetesObject) {
      if (fieldAt(object.body, flag) !== true) return;
      yield { path: flag, problem: 'is true: it must be false', fix: `${flag}: false`, container: 'main' };
    },
  });
}

/** What an engine sends for a text that it does not know yet. */
export const unknownText = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** A stack with ConfigMaps, each with these fields besides its name. */
export function aStack(
  name: string,
  objects: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  configuration: PolicyConfiguration = {},
): Target {
  const type = 'kubernetes:core/v1:ConfigMap';
  const resources = Object.entries(objects).map(([object, fields]) => ({
    type,
    name: object,
    urn: `urn:pulumi:${name}::test::${type}::${object}`,
    props: { metadata: { name: object, namespace: 'shop' }, ...fields },
  }));
  const previewed = { stack: name, environment: name, configFile: `/checkout/Pulumi.${name}.yaml`, resources };
  return { ...checkStack(previewed, someRules, configuration, today), seconds: 1.5 };
}

/** Manifests in one file. */
export function someManifests(yaml: string, configuration: PolicyConfiguration = {}): Target {
  const manifests = { ...parseManifest(yaml, 'deploy/all.yaml'), files: 1, links: [] };
  return { ...checkManifests(manifests, ['deploy'], 'prod', someRules, configuration, today), seconds: 0.25 };
}

/** A target that could not be looked at. */
export function brokenTarget(name: string, message: string): Target {
  const place = { file: `Pulumi.${name}.yaml` };
  return {
    name: `stack ${name}`,
    environment: name,
    place,
    errors: [{ place, message }],
    notes: [],
    seconds: 0,
    placeOf: () => place,
  };
}

/** A run of these targets; exemptions stand in lines 10, 11 and so on. */
export function aRun(targets: readonly Target[], configuration: PolicyConfiguration = {}): PolicyRun {
  const { exemptions } = configuration;
  const read = {
    file: 'policy.yaml',
    configuration,
    lineOf: (one: unknown) => 10 + (exemptions ?? []).findIndex((exemption) => exemption === one),
  };
  const evaluations = targets.flatMap(({ evaluation }) => evaluation ?? []);
  return {
    targets,
    ...exemptionUse(read, evaluations),
    notes: [],
    configurationFile: 'policy.yaml',
    startedAt: today,
    seconds: 2,
  };
}

/** An exemption of every ConfigMap from `no-harm`. */
export function anExemption(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    rule: 'no-harm',
    resource: 'ConfigMap/*/*',
    reason: 'Nobody is harmed.',
    expires: '2026-12-31',
    ...changes,
  };
}

/** An evaluation of nothing, for tests that change it. */
export const noEvaluation = evaluate([], [], resolveSettings([], {}, 'prod'), today);
