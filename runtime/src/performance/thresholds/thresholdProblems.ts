import type { ConfigurationProblem } from '../../core/configurationError.ts';
import { isRecord } from '../../core/isRecord.ts';
import { type OptionKind, type OptionKinds, optionProblems, wholeNumber } from '../../core/optionKinds.ts';
import { redactedText } from '../../core/redaction.ts';
import { type Threshold, THRESHOLD_STATISTICS } from './threshold.ts';

const WEEK_MILLIS = 7 * 24 * 60 * 60 * 1000;
const NAME: OptionKind = {
  allowed: 'a text of 1 to 200 characters',
  accepts: (value) => typeof value === 'string' && value.length > 0 && value.length <= 200,
};
const NUMBER: OptionKind = { allowed: 'a finite number', accepts: (value) => Number.isFinite(value) };

const KINDS: OptionKinds<Threshold> = {
  name: NAME,
  metric: NAME,
  attributes: { allowed: 'an object of attributes', accepts: isRecord },
  statistic: {
    allowed: THRESHOLD_STATISTICS.join(', '),
    accepts: (value) => THRESHOLD_STATISTICS.some((statistic) => statistic === value),
  },
  windowMillis: wholeNumber(100, WEEK_MILLIS),
  above: NUMBER,
  below: NUMBER,
  clearAt: NUMBER,
  forMillis: wholeNumber(0, WEEK_MILLIS),
};

/** Everything that is wrong with a list of thresholds. */
export function thresholdProblems(thresholds: unknown, option: string): readonly ConfigurationProblem[] {
  if (!Array.isArray(thresholds)) return [];
  const names = thresholds.map((threshold: unknown) => (isRecord(threshold) ? threshold['name'] : undefined));
  return thresholds.flatMap((threshold: unknown, index) => {
    const path = `${option}[${index}]`;
    const wrong = optionProblems(threshold, KINDS, path);
    if (wrong.length > 0 || !isRecord(threshold)) return wrong;
    const { name, metric, above, below, clearAt } = threshold;
    return [
      ...missing('name', name, path),
      ...missing('metric', metric, path),
      ...(names.indexOf(name) === index ? [] : [problem(`${path}.name`, name, 'a name that no other threshold has')]),
      ...((above === undefined) === (below === undefined)
        ? [problem(`${path}.above`, above, 'either `above` or `below`')]
        : []),
      ...(isBeyondLimit(clearAt, above, below)
        ? [problem(`${path}.clearAt`, clearAt, 'at most `above`, or at least `below`: where the metric is well again')]
        : []),
    ];
  });
}

function missing(name: 'name' | 'metric', value: unknown, path: string): readonly ConfigurationProblem[] {
  return value === undefined ? [problem(`${path}.${name}`, value, NAME.allowed)] : [];
}

function isBeyondLimit(clearAt: unknown, above: unknown, below: unknown): boolean {
  if (typeof clearAt !== 'number') return false;
  return (typeof above === 'number' && clearAt > above) || (typeof below === 'number' && clearAt < below);
}

function problem(option: string, value: unknown, allowed: string): ConfigurationProblem {
  return { option, value: redactedText(value), source: 'options', allowed };
}
