import type { Finding } from '../../../policies/evaluation/finding.ts';
import { countFindings, runFails, type PlacedExemption, type PolicyRun, type Target } from '../policyRun.ts';
import { sortedFindings } from './sortedFindings.ts';

/** A run as one object, with everything that any other report has. */
export function jsonReport(run: PolicyRun): unknown {
  return {
    passed: !runFails(run),
    configurationFile: run.configurationFile ?? null,
    startedAt: run.startedAt.toISOString(),
    seconds: rounded(run.seconds),
    counts: countFindings(run.targets),
    targets: run.targets.map(targetObject),
    expiredExemptions: run.expired.map(exemptionObject),
    unusedExemptions: run.unused.map(exemptionObject),
    notes: run.notes,
  };
}

function targetObject(target: Target): unknown {
  const { name, environment, evaluation, errors, notes, seconds } = target;
  return {
    name,
    environment,
    objects: evaluation?.objects ?? 0,
    rules: evaluation?.rules.map((rule) => rule.name) ?? [],
    counts: countFindings([target]),
    errors: errors.map(({ place, message }) => ({ ...place, message })),
    findings: sortedFindings(evaluation?.findings ?? []).map((finding) => findingObject(finding, target)),
    exempted: (evaluation?.exempted ?? []).map(({ finding, exemption: { resource, reason, expires } }) => ({
      ...findingObject(finding, target),
      exemption: { resource, reason, expires },
    })),
    notes,
    seconds: rounded(seconds),
  };
}

function findingObject(finding: Finding, { placeOf }: Target) {
  const { rule, level, kind, object, container, path, problem, fix } = finding;
  const { file, line } = placeOf(finding);
  return {
    rule: rule.name,
    severity: rule.severity,
    level,
    kind,
    object: object?.identity ?? null,
    container: container ?? null,
    path,
    problem,
    fix,
    link: rule.link,
    file,
    line: line ?? null,
    urn: object !== undefined && 'urn' in object.source ? object.source.urn : null,
  };
}

function exemptionObject({ exemption: { rule, resource, reason, expires }, place }: PlacedExemption): unknown {
  return { rule, resource, reason, expires, ...place };
}

function rounded(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
