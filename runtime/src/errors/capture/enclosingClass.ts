const CLASS =
  /^\s*(?:(?:export|default|abstract|declare|return)\s+)*(?:(?:const|let|var)\s+([\w$]+)\s*=\s*)?(?:abstract\s+)?class\b\s*(?!extends\b)([\w$]+)?/;
/** Code before it is not looked at: no class is that long. */
const MOST_LINES = 5000;
const LONGEST_LINE = 500;

/**
 * The class that a line is in, by its indentation: blocks begin with a line that is indented less than what is in them. It is
 * for sources as people or formatters write them, and tells nothing of others.
 *
 * @param line from 1
 * @returns its name; `undefined` where the line is in none that has one
 */
export function enclosingClass(source: string, line: number): string | undefined {
  const lines = linesUpTo(source, line);
  let least = Number.POSITIVE_INFINITY;
  for (const text of lines) {
    const indentation = text.search(/\S/);
    if (indentation < 0 || indentation >= least) continue;
    const [, variable, name] = CLASS.exec(text) ?? [];
    const found = name ?? variable;
    if (found !== undefined) return found;
    if (indentation === 0) return undefined;
    least = indentation;
  }
  return undefined;
}

/** The line and those before it, from there on up. */
function* linesUpTo(source: string, line: number): Generator<string> {
  let end = -1;
  for (let number = 0; number < line; number += 1) {
    end = source.indexOf('\n', end + 1);
    if (end < 0) break;
  }
  if (end < 0) end = source.length;
  for (let count = 0; count < MOST_LINES && end >= 0; count += 1) {
    const start = end === 0 ? 0 : source.lastIndexOf('\n', end - 1) + 1;
    yield source.slice(start, Math.min(end, start + LONGEST_LINE));
    end = start - 1;
  }
}
