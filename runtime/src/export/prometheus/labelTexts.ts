import type { Attributes } from '@opentelemetry/api';
import { cutText, redactedText } from '../../core/redaction.ts';
import { escapedValue } from './escapedText.ts';
import { allowedName } from './familyName.ts';

const MOST_LABELS = 128;
const MOST_NAME_CHARACTERS = 255;
const MOST_VALUE_CHARACTERS = 1024;
/** What the format itself says of a series: an attribute of such a name is another label, as Prometheus renames them, too. */
const RESERVED: ReadonlySet<string> = new Set(['le', 'quantile', 'otel_scope_name', 'otel_scope_version']);

/**
 * Attributes as labels, escaped. They are kept as long as the attributes are: a series has the same object in every scrape,
 * and a scrape is quick when nothing is escaped in it. Who changes attributes gives them as another object.
 */
export class LabelTexts {
  readonly #texts = new WeakMap<Attributes, string>();

  /** `a="1",b="2"`; empty without attributes. */
  of(attributes: Attributes): string {
    let text = this.#texts.get(attributes);
    if (text === undefined) {
      text = labelsText(attributes);
      this.#texts.set(attributes, text);
    }
    return text;
  }
}

/**
 * Attributes as labels, in the order of their names. Where two names become one, the label has both values, as OpenTelemetry
 * specifies: `a.b` and `a_b` become `a_b="1;2"`. Empty values are left out: to Prometheus, they are not there. Values are cut
 * to 1024 characters and names to 255; there are 128 labels at most.
 */
export function labelsText(attributes: Attributes): string {
  const values = new Map<string, string>();
  for (const key of Object.keys(attributes).sort().slice(0, MOST_LABELS)) {
    const value = valueText(attributes[key]);
    if (value === '') continue;
    const name = labelName(key);
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before};${value}`);
  }
  return Array.from(values, ([name, value]) => `${name}="${escapedValue(value)}"`).join(',');
}

/** An attribute's value as the value of a label: texts as they are, all else as JSON. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : redactedText(value, { maxEntries: 1000 });
  return cutText(text, MOST_VALUE_CHARACTERS).toWellFormed();
}

function labelName(key: string): string {
  const name = allowedName(key.slice(0, MOST_NAME_CHARACTERS)) || '_';
  return RESERVED.has(name) ? `exported_${name}` : name;
}
