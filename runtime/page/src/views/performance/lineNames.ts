import type { Labels } from '../../../../src/dashboard/api/performance/labelsSchema.ts';
import { plainText } from '../../components/plainText.ts';

/** A line, as far as its name goes. */
export interface NamedLine {
  readonly metric: string;
  readonly instance: string;
  readonly labels: Labels;
}

/** `disk=sda, direction=read`; names of labels without what comes before their last point. */
export function labelsText(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${shortName(name)}=${shownValue(value)}`)
    .join(', ');
}

/** A label's value as a text in one line. */
function shownValue(value: Labels[string]): string {
  return plainText(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

/** What tells lines of a chart from each other, and no more: where all have a label in common, it says nothing. */
export function lineNames(lines: readonly NamedLine[]): readonly string[] {
  const names = new Set(lines.flatMap(({ labels }) => Object.keys(labels)));
  const differing = [...names].filter((name) => differs(lines.map(({ labels }) => JSON.stringify(labels[name]))));
  const manyMetrics = differs(lines.map(({ metric }) => metric));
  const manyInstances = differs(lines.map(({ instance }) => instance));
  return lines.map(({ metric, instance, labels }) => {
    const values = differing.flatMap((name) => {
      const value = labels[name];
      return value === undefined ? [] : [valueIn(name, value)];
    });
    const parts = [
      ...(manyMetrics ? [shortName(metric)] : []),
      ...values,
      ...(manyInstances ? [plainText(instance)] : []),
    ];
    return parts.length === 0 ? nameOfOne(lines.length, metric, labels) : parts.join(' · ');
  });
}

/** A single line is named by all that it has. */
function nameOfOne(count: number, metric: string, labels: Labels): string {
  const text = labelsText(labels);
  return count === 1 && text !== '' ? text : shortName(metric);
}

/** Numbers and truths say nothing without the label's name. */
function valueIn(name: string, value: Labels[string]): string {
  return typeof value === 'string' && value !== '' ? plainText(value) : `${shortName(name)}=${shownValue(value)}`;
}

function shortName(name: string): string {
  return plainText(name.split('.').at(-1) ?? name);
}

function differs(values: readonly (string | undefined)[]): boolean {
  return new Set(values).size > 1;
}
