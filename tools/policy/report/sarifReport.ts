import { createHash } from 'node:crypto';
import type { Location, Log, Message, Notification, ReportingDescriptor, Result, Suppression } from 'sarif';
import type { Exemption } from '../../../policies/evaluation/exemption.ts';
import { describeFinding, type Finding } from '../../../policies/evaluation/finding.ts';
import type { Rule, Severity } from '../../../policies/rule.ts';
import type { Place } from '../place.ts';
import { runFails, type PlacedExemption, type PolicyRun, type Target } from '../policyRun.ts';
import { sortedFindings } from './sortedFindings.ts';
import { visibleLines } from '../../values/visibleText.ts';

const levels = { mandatory: 'error', advisory: 'warning' } as const;

/** What GitHub orders alerts by: a number out of 10. */
const securitySeverities: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '3.0',
};

/** A run in SARIF 2.1.0, for code scanning. Stacks stand for the files of their configuration. */
export function sarifReport(run: PolicyRun): Log {
  const rules = [...new Map(run.targets.flatMap(({ evaluation }) => evaluation?.rules ?? []).map(byName)).values()];
  const ruleIndices = new Map(rules.map(({ name }, index) => [name, index]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'tracewright-policies', rules: rules.map(descriptorOf) } },
        invocations: [
          {
            executionSuccessful: !run.targets.some(({ errors }) => errors.length > 0),
            exitCode: runFails(run) ? 1 : 0,
            startTimeUtc: run.startedAt.toISOString(),
            toolExecutionNotifications: run.targets.flatMap(errorNotifications),
            toolConfigurationNotifications: [
              ...run.expired.map((one) => exemptionNotification(one, 'error', 'expired')),
              ...run.unused.map((one) => exemptionNotification(one, 'note', 'is needed by nothing')),
            ],
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: run.targets.flatMap((target) => resultsOf(target, ruleIndices)),
      },
    ],
  };
}

function byName(rule: Rule): readonly [string, Rule] {
  return [rule.name, rule];
}

function descriptorOf(rule: Rule): ReportingDescriptor {
  const { name, asks, rationale, link, severity, level } = rule;
  return {
    id: name,
    name: name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: asks },
    fullDescription: { text: rationale },
    help: { text: `${rationale} See ${link}`, markdown: `${rationale}\n\n[Documentation](<${link}>)` },
    helpUri: link,
    defaultConfiguration: { enabled: level !== 'disabled', level: level === 'mandatory' ? 'error' : 'warning' },
    properties: { tags: ['kubernetes', 'security'], 'security-severity': securitySeverities[severity] },
  };
}

function resultsOf(target: Target, ruleIndices: ReadonlyMap<string, number>): readonly Result[] {
  const { findings = [], exempted = [] } = target.evaluation ?? {};
  const all = [
    ...sortedFindings(findings).map((finding) => ({ finding, suppressions: {} })),
    ...exempted.map(({ finding, exemption }) => ({
      finding,
      suppressions: { suppressions: [suppressionOf(exemption)] },
    })),
  ];
  const fingerprintOf = fingerprints(target);
  return all.map(({ finding, suppressions }) => {
    const { rule, level, kind } = finding;
    return {
      ruleId: rule.name,
      ruleIndex: ruleIndices.get(rule.name) ?? -1,
      level: levels[level],
      message: messageOf(`${target.name}: ${describeFinding(finding)}`),
      locations: [locationOf(finding, target)],
      partialFingerprints: { primaryLocationLineHash: fingerprintOf(finding) },
      properties: { kind, severity: rule.severity, environment: target.environment },
      ...suppressions,
    };
  });
}

function locationOf(finding: Finding, target: Target): Location {
  const { object, path } = finding;
  const physical = physicalLocation(target.placeOf(finding));
  if (object === undefined) return physical;
  const urn = 'urn' in object.source ? { decoratedName: object.source.urn } : {};
  const fullyQualifiedName = `${target.name}/${object.identity}${path === '' ? '' : `#${path}`}`;
  return { ...physical, logicalLocations: [{ name: object.name, kind: 'resource', fullyQualifiedName, ...urn }] };
}

// GitHub asks for a line.
function physicalLocation({ file, line }: Place): Location {
  return { physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: line ?? 1 } } };
}

/** A way from the root of the checkout is a relative address; what lies outside has a whole one. */
function uriOf(file: string): string {
  const path = file.split('/').map(encodeURIComponent).join('/');
  return file.startsWith('/') ? `file://${path}` : path;
}

/** The same finding on another line, or beside others, is the same alert; two of the same field are two. */
function fingerprints({ name }: Target): (finding: Finding) => string {
  const seen = new Map<string, number>();
  return ({ rule, object, container = '', path }) => {
    const parts = JSON.stringify([name, rule.name, object?.identity ?? '', container, path]);
    const hash = createHash('sha256').update(parts).digest('hex');
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    return `${hash}:${count}`;
  };
}

/** In a message of SARIF `[text](address)` is a link (2.1.0, 3.11.6): what others wrote makes none. */
function messageOf(text: string): Message {
  return { text: visibleLines(text).replaceAll('](', '] (') };
}

function suppressionOf({ reason, expires }: Exemption): Suppression {
  return { kind: 'external', status: 'accepted', justification: `${reason} (until ${expires})` };
}

function errorNotifications({ name, errors }: Target): readonly Notification[] {
  return errors.map(({ place, message }) => ({
    level: 'error',
    message: messageOf(`${name}: ${message}`),
    locations: [physicalLocation(place)],
  }));
}

function exemptionNotification(
  { exemption: { rule, resource, expires }, place }: PlacedExemption,
  level: 'error' | 'note',
  what: string,
): Notification {
  const text = `the exemption of ${resource} from ${rule} (until ${expires}) ${what}`;
  return { level, message: messageOf(text), locations: [physicalLocation(place)] };
}
