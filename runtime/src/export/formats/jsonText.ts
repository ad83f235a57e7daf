/** Line ends to some readers (Node's readline, Python's splitlines) that JSON leaves as they are. */
const LINE_ENDS = /[\u0085\u2028\u2029]/g;

/** A value as JSON on one line, for whatever a reader takes as the end of a line. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(LINE_ENDS, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
