/** What a mount is called of which only text of a URL is known: whoever asks chooses its values and how they are spelt. */
export const UNKNOWN_MOUNT = '/*';

/**
 * The pattern of a mount, of which requests show only the text of their URL that it took.
 *
 * @param taken - that text, such as `/tenants/17`
 * @param params - the parameters that it was taken apart into
 * @param pattern - what the mount was declared with, where the router tells it: a text or a regular expression
 */
export function mountPattern(taken: string, params: unknown, pattern: unknown): string {
  if (pattern instanceof RegExp) return String(pattern);
  if (typeof pattern === 'string') return declaredPattern(pattern);
  return patternByValues(taken, params);
}

/** A pattern as it was declared, to be followed by another one. */
export function declaredPattern(pattern: string): string {
  return pattern.replace(/\/+$/, '');
}

/**
 * Parameters become their names again, the last ones first, as a value may read like a static segment before it. Where one
 * is no whole segment, or has been replaced (`app.param`), nothing of the mount is told: its value would be taken for a
 * static segment. In small letters, as Express matches without regard to them.
 */
function patternByValues(taken: string, params: unknown): string {
  const segments = taken.split('/').map(decoded);
  const statics = new Set(segments.keys());
  for (const [name, value] of Object.entries(params ?? {}).reverse() as [string, unknown][]) {
    for (const text of [value].flat().reverse()) {
      const index = text === '' ? undefined : [...statics].findLast((each) => segments[each] === text);
      if (index === undefined) return UNKNOWN_MOUNT;
      segments[index] = `:${name}`;
      statics.delete(index);
    }
  }
  return segments.map((segment, index) => (statics.has(index) ? segment.toLowerCase() : segment)).join('/');
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // The router does not match what it cannot decode as a parameter: it is static.
    return segment;
  }
}
