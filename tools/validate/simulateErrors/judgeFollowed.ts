import type { CheckResult } from '../check.ts';
import { worstOf, type Finding } from '../finding.ts';
import type { ReportTable } from '../report/plot.ts';
import type { Followed, Looked } from './followScenario.ts';
import type { Scenario } from './scenarios.ts';

/** Where the errors of a scenario are followed to. */
export const places = ['group', 'metric', 'alert', 'page', 'trace'] as const;

/** One of {@link places}. */
export type Place = (typeof places)[number];

/** What the findings of a scenario are called. */
export function scenarioId({ category, severity }: Scenario): string {
  return `errors-${category.replaceAll('_', '-')}-${severity}`;
}

/** One result for each scenario: whether it failed as it should, and a finding for each place. */
export function resultOf(followed: Followed): CheckResult {
  const { scenario, seconds } = followed;
  const { category, severity, cause } = scenario;
  const findings = [judgeAnswers(followed), ...places.map((place) => judgePlace(followed, place))];
  return {
    check: scenarioId(scenario),
    component: 'runtime',
    title: `${cause}: an error of the category ${category} and the severity ${severity}, everywhere it is told of`,
    outcome: worstOf(findings.map(({ outcome }) => outcome)),
    findings,
    seconds,
  };
}

/** The table of all scenarios. */
export function followedTable(all: readonly Followed[]): ReportTable {
  return {
    title: 'Errors that were provoked, and where they were found',
    columns: ['category', 'severity', 'errors', ...places],
    rows: all.map((followed) => {
      const { scenario, sent } = followed;
      return [
        scenario.category,
        scenario.severity,
        sent,
        ...places.map((place) => judgePlace(followed, place).outcome),
      ];
    }),
  };
}

/** What is to be seen in a place, and what was. */
export function judgePlace(followed: Followed, place: Place): Finding {
  return judges[place](followed);
}

function judgeAnswers({ scenario, sent, statuses }: Followed): Finding {
  const subject = 'answers';
  const expected = `${sent} × ${scenario.status}`;
  const found = [...statuses].map(([status, count]) => `${count} × ${status}`).join(', ') || 'none';
  if (found === expected) return { outcome: 'ok', subject, expected, found };
  const mend = 'see whether the example is sound (`npm run status`), and of this version: `npm run up` deploys it';
  return { outcome: 'failed', subject, expected, found, mend };
}

const judges: Readonly<Record<Place, (followed: Followed) => Finding>> = {
  group: ({ scenario, sent, isOurs, group }) => {
    const { category, severity, group: wanted, alert } = scenario;
    const subject = `group of ${wanted.service}: ${wanted.type}`;
    const comesBack = alert === 'TracewrightErrorsCameBack' && isOurs;
    const expected = `${category}, ${severity}, ${sent} more errors${comesBack ? ', back after it was resolved' : ''}`;
    return judged(group, { subject, expected, mend: "see the group on the page's Errors" }, (found) => {
      if (found === undefined) return { said: 'no such group has so many errors', isRight: false };
      const { category: seen, severity: bad, isRegressed } = found.detail.group;
      const back = comesBack ? `, ${isRegressed ? 'back after it was resolved' : 'not told to have come back'}` : '';
      const said = `${seen}, ${bad}, ${found.rise} more errors${back}`;
      return { said, isRight: said === expected, isMore: found.rise > sent && seen === category && bad === severity };
    });
  },
  metric: ({ scenario, sent, metric }) => {
    const { category, severity, group } = scenario;
    const subject = `tracewright_errors_captured_total of ${group.service}`;
    const expected = `${sent} more of ${category}, of which at least one ${severity}`;
    const mend = "compare /metrics of the service's pods with the group on the page";
    return judged(metric, { subject, expected, mend }, (found) => ({
      said: `${found.category} more of ${category}, of which ${found.severity} ${severity}`,
      isRight: found.category === sent && found.severity > 0,
      isMore: found.category > sent && found.severity > 0,
    }));
  },
  alert: ({ scenario, alert }) => {
    const subject = `alert ${scenario.alert} of ${scenario.group.service}, ${scenario.category}`;
    const mend =
      'see whether Prometheus has loaded the rule, and has scraped the example for a quarter of an hour (check prometheus-rules)';
    return judged(alert, { subject, expected: 'raised', mend }, (found) => ({
      said: found ?? 'not raised in time',
      isRight: found !== undefined,
    }));
  },
  page: ({ page }) => {
    const mend =
      'see whether the page is served, and whether it keeps errors whole (its Accounting names what was left out)';
    const expected = 'the page, with the error whole and the trace among its errors';
    return judged(page, { subject: "page of the group's service", expected, mend }, (found) => ({
      said: [
        found.status === 200 ? 'the page' : `an answer of ${found.status}`,
        found.isWhole ? 'with the error whole' : 'without what was thrown',
        found.hasTrace ? 'and the trace among its errors' : 'and without its trace',
      ].join(', '),
      isRight: found.status === 200 && found.isWhole && found.hasTrace,
    }));
  },
  trace: ({ scenario, trace }) => {
    const { service, exception } = scenario.trace;
    const expected = `a span of ${service} with the status ERROR${exception ? ' and the event of the exception' : ''}`;
    const mend = 'see whether spans of the example reach Jaeger (components endpoints and sampling)';
    return judged(trace, { subject: 'trace of the error, in Jaeger', expected, mend }, (found) => ({
      said: found === undefined ? 'no such trace in time' : `so, in trace ${found.traceId} of ${found.spans} spans`,
      isRight: found !== undefined,
    }));
  },
};

interface Judgement {
  readonly said: string;
  readonly isRight: boolean;
  /** Whether all is right but that there is more of it: somebody else may use the example. */
  readonly isMore?: boolean;
}

function judged<T>(
  looked: Looked<T>,
  { subject, expected, mend }: Readonly<Record<'subject' | 'expected' | 'mend', string>>,
  judge: (found: T) => Judgement,
): Finding {
  if ('refusal' in looked) return { outcome: 'unchecked', subject, expected, ...looked.refusal };
  const { said: found, isRight, isMore = false } = judge(looked.found);
  if (isRight) return { outcome: 'ok', subject, expected, found };
  if (isMore)
    return { outcome: 'warning', subject, expected, found, mend: 'run it again when nobody else uses the example' };
  return { outcome: 'failed', subject, expected, found, mend };
}
