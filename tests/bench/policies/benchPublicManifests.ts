import { join } from 'node:path';
import { evaluate, type Evaluation } from '../../../policies/evaluation/evaluate.ts';
import type { KubernetesObject } from '../../../policies/kubernetes/object.ts';
import { defaultParameters } from '../../../policies/parameters.ts';
import { allRules } from '../../../policies/rules/allRules.ts';
import { findManifests } from '../../../tools/policy/manifests/findManifests.ts';
import { readManifests } from '../../../tools/policy/manifests/readManifests.ts';
import { compareFindings, countResults, describeCompared, type ComparedFinding } from './compareFindings.ts';
import { fetchManifestModule } from './fetchManifestModule.ts';
import { none, observe, type Figure, type Measured, type Observation } from '../figure.ts';
import { askKubeScore, findKubeScore } from './kubeScore.ts';
import { comparedParameters, type Area } from './kubeScoreChecks.ts';
import { manifestModules, type ManifestModule } from './manifestSets.ts';

const areas: readonly Area[] = [
  'resources',
  'probes',
  'security context',
  'network policies',
  'disruption budgets',
  'others',
];

/** What was found in the manifests of one module. */
interface ModuleResult {
  readonly sets: number;
  readonly objects: number;
  readonly containers: number;
  readonly failures: readonly string[];
  readonly compared: readonly ComparedFinding[];
  readonly oursOnly: number;
  readonly findings: number;
  /** Sets that kube-score could not read. */
  readonly unread: number;
}

/** Asks the pack and kube-score about public manifests, and holds what they say against each other. */
export async function benchPublicManifests(report: (text: string) => void): Promise<Measured> {
  const program = await findKubeScore();
  const results: ModuleResult[] = [];
  for (const module of manifestModules) {
    const result = await compareModule(program, module);
    results.push(result);
    report(`${module.module}: ${result.objects} objects, kube-score says ${result.compared.length} things of them`);
  }
  const missed = results.flatMap(({ compared }) => compared.filter(({ result }) => result === 'missed'));
  for (const one of missed) report(`missed: ${describeCompared(one)}`);
  for (const failure of results.flatMap(({ failures }) => failures)) report(failure);
  return { figures: figuresOf(results), observations: observationsOf(results) };
}

async function compareModule(program: string, module: ManifestModule): Promise<ModuleResult> {
  const directory = await fetchManifestModule(module);
  const results: ModuleResult[] = [];
  for (const { path, eachFile = false } of module.sets) {
    const { files } = await findManifests([join(directory, path)]);
    for (const set of eachFile ? files.map((file) => [file]) : [files])
      results.push(await compareSet(program, directory, set));
  }
  return sum(results);
}

async function compareSet(program: string, directory: string, files: readonly string[]): Promise<ModuleResult> {
  const objects = (await readManifests(files, directory)).objects.map(({ object }) => object);
  const theirs = await askKubeScore(program, files);
  const { findings } = askAllRules(objects);
  const { compared, oursOnly } = compareFindings(theirs ?? [], findings, objects);
  return {
    sets: 1,
    objects: objects.length,
    containers: objects.reduce((count, { workload }) => count + (workload?.containers.length ?? 0), 0),
    failures: findings.flatMap(({ kind, rule, problem }) => (kind === 'failure' ? [`${rule.name} ${problem}`] : [])),
    compared,
    oursOnly: theirs === undefined ? 0 : oursOnly.length,
    findings: findings.length,
    unread: theirs === undefined ? 1 : 0,
  };
}

/** No rule is left out, whatever its level: kube-score asks everything too. */
function askAllRules(objects: readonly KubernetesObject[]): Evaluation {
  const settings = (rule: (typeof allRules)[number]) => ({
    level: 'advisory' as const,
    parameters: { ...defaultParameters(rule.parameters), ...comparedParameters[rule.name] },
    exemptions: [],
  });
  return evaluate(allRules, objects, settings, new Date());
}

function figuresOf(results: readonly ModuleResult[]): readonly Figure[] {
  const held = areas.filter((area) => area !== 'others');
  const count = (result: ModuleResult, kind: ComparedFinding['result']): number =>
    held.reduce((all, area) => all + countResults(result.compared, area)[kind], 0);
  const both = results.reduce((all, result) => all + count(result, 'found'), 0);
  if (both === 0) throw new Error('kube-score and the pack found nothing in common: nothing was compared');
  return [
    none(
      "public manifests: kube-score's findings that the pack lacks",
      results.map((result) => count(result, 'missed')),
      'findings',
      `${both} of ${held.join(', ')} found by both; a run is a module`,
    ),
    none(
      'public manifests: rules that broke',
      results.map(({ failures }) => failures.length),
      'findings',
      'a run is a module',
    ),
  ];
}

function observationsOf(results: readonly ModuleResult[]): readonly Observation[] {
  const all = sum(results);
  const counted = (name: string, value: number, unit: string) => observe(`public manifests: ${name}`, [value], unit);
  return [
    counted('modules', results.length, 'modules'),
    counted('sets of files', all.sets, 'sets'),
    counted('sets that kube-score cannot read', all.unread, 'sets'),
    counted('objects', all.objects, 'objects'),
    counted('containers', all.containers, 'containers'),
    counted('all that the pack says', all.findings, 'findings'),
    counted("by rules that stand for kube-score's checks, and not said by it", all.oursOnly, 'findings'),
    ...areas.flatMap((area) => {
      const { found, missed, 'other opinion': other } = countResults(all.compared, area);
      return [
        counted(`${area}: found by both`, found, 'findings'),
        counted(`${area}: missed`, missed, 'findings'),
        counted(`${area}: the pack is of another opinion`, other, 'findings'),
      ];
    }),
  ];
}

function sum(results: readonly ModuleResult[]): ModuleResult {
  const total = (of: (result: ModuleResult) => number): number => results.reduce((all, result) => all + of(result), 0);
  return {
    sets: total(({ sets }) => sets),
    objects: total(({ objects }) => objects),
    containers: total(({ containers }) => containers),
    failures: results.flatMap(({ failures }) => failures),
    compared: results.flatMap(({ compared }) => compared),
    oursOnly: total(({ oursOnly }) => oursOnly),
    findings: total(({ findings }) => findings),
    unread: total(({ unread }) => unread),
  };
}
