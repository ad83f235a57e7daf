/**
 * The pattern of a mount, of which requests show only the text of their URL that it took.
 *
 * @param taken - that text, such as `/tenants/17`
 * @param params - the parameters that it was taken apart into
 * @param pattern - what the mount was declared with, where the router tells it: a text or a regular expression
 */
export function mountPattern(taken: string, params: unknown, pattern: unknown): string {
  if (pattern instanceof RegExp) return String(pattern);
  if (typeof pattern === 'string') return pattern.replace(/\/+$/, '');
  return patternByValues(taken, params);
}

/**
 * Parameters become their names again, the last ones first, as a value may read like a static segment before it. Where a
 * value is part of a segment nothing of the mount is told. In small letters, as Express matches without regard to them.
 */
function patternByValues(taken: string, params: unknown): string {
  const segments = taken.split('/').map(decoded);
  const statics = new Set(segments.keys());
  for (const [name, value] of Object.entries(params ?? {}).reverse() as [string, unknown][]) {
    for (const text of [value].flat().map(String).reverse()) {
      const index = [...statics].findLast((each) => text !== '' && segments[each] === text);
      if (index === undefined) {
        if (text !== '' && decoded(taken).includes(text)) return '/*';
        continue;
      }
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
