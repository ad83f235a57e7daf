import type { HealthFacts } from './healthFacts.ts';
import { HEALTH_RULES } from './healthRules.ts';
import { counted, percent } from './healthWords.ts';
import type { Finding, Verdict } from './overviewSchema.ts';

const MOST_FINDINGS = 30;
const RANKS: Readonly<Record<Finding['severity'], number>> = { bad: 0, watch: 1 };

/** Whether it is well, and if not, what is not. Never well where nothing is known of requests. */
export function verdictOf(facts: HealthFacts): Verdict {
  const findings = HEALTH_RULES.flatMap(({ name, threshold, judge }) =>
    judge(facts).map((found) => ({ rule: name, threshold, ...found, ...upToNow(found.sinceMillis, facts.nowMillis) })),
  )
    .sort((a, b) => RANKS[a.severity] - RANKS[b.severity])
    .slice(0, MOST_FINDINGS);
  const unknown = unknownOf(facts);
  return { ...inWords(facts, findings, unknown), findings, unknown };
}

function inWords(
  { requests }: HealthFacts,
  findings: readonly Finding[],
  unknown: readonly string[],
): Pick<Verdict, 'severity' | 'text'> {
  const bad = findings.filter(({ severity }) => severity === 'bad').length;
  if (bad > 0) return { severity: 'bad', text: `Not well: ${counted(bad, 'problem')}` };
  if (findings.length > 0)
    return { severity: 'watch', text: `To be watched: ${counted(findings.length, 'thing')} out of the ordinary` };
  if (requests === undefined || requests.current.count === 0)
    return { severity: 'unknown', text: `No data: ${unknown[0] ?? 'nothing is known of requests'}` };
  const { count, errorRatio } = requests.current;
  const failed = errorRatio === undefined || errorRatio === 0 ? 'none failed' : `${percent(errorRatio)} failed`;
  return { severity: 'good', text: `Well: ${counted(count, 'request')}, ${failed}` };
}

/** What is missing is said, with how to get it. */
function unknownOf({ requests, errors, levels, spans }: HealthFacts): string[] {
  return [
    ...(requests === undefined ? ['requests are not tracked; leave out “requests: false”'] : []),
    ...(requests?.current.count === 0
      ? ['no request has ended within the window; is the middleware in place, and does anybody call?']
      : []),
    ...(errors === undefined ? ['errors are not tracked; leave out “errors: false”'] : []),
    ...(levels === undefined ? ['the process is not watched; leave out “performance: false”'] : []),
    ...(levels?.length === 0 ? ['nothing was read of the process yet; the first readings come within a minute'] : []),
    ...(spans.length === 0 ? ['spans are not made by this runtime; leave out “tracing: false”'] : []),
  ];
}

/** Bars of replicas are moved to common times, which may be ahead; clocks of replicas differ, too. */
function upToNow(sinceMillis: number | undefined, nowMillis: number): Pick<Finding, 'sinceMillis'> {
  return sinceMillis === undefined ? {} : { sinceMillis: Math.min(sinceMillis, nowMillis) };
}
