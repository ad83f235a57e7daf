import type { Attributes } from '@opentelemetry/api';
import type { Labels } from './labelsSchema.ts';

const LONGEST_TEXT = 300;

/** Attributes as JSON has them: what is nothing is left out, long texts are cut. */
export function labelsOf(attributes: Attributes): Labels {
  const labels: Labels = {};
  for (const [name, value] of Object.entries(attributes)) {
    const shown = Array.isArray(value) ? value.map((each: unknown) => shownValue(each) ?? '') : shownValue(value);
    if (shown !== undefined) labels[name] = shown;
  }
  return labels;
}

function shownValue(value: unknown): string | number | boolean | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'boolean') return value;
  return typeof value === 'string' ? cut(value) : undefined;
}

/** A text by which labels are in order, and equal ones are the same. */
export function labelsKey(labels: Labels): string {
  return JSON.stringify(
    Object.keys(labels)
      .sort()
      .map((name) => [name, labels[name]]),
  );
}

function cut(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
}
