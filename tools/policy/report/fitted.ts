/** A part of a text that can be cut short between its rows. */
export interface Section {
  readonly open: string;
  readonly rows: readonly string[];
  readonly close: string;
}

const note = (count: number): string => `\n${count} more did not fit in here.\n`;
const longestNote = note(Number.MAX_SAFE_INTEGER).length;

/**
 * Sections one after the other, as far as they fit. A section is there with at least its first row, or not at all; what is left out is
 * counted.
 *
 * @param longest - In UTF-16 units.
 */
export function fitted(sections: readonly Section[], longest: number): string {
  let text = '';
  let leftOut = 0;
  for (const { open, rows, close } of sections) {
    // Room for the section's own note, and for the last one.
    const room = longest - text.length - open.length - close.length - 2 * longestNote;
    const count = countFitting(rows, room);
    if (room < 0 || (count === 0 && rows.length > 0)) {
      leftOut += rows.length;
      continue;
    }
    const missing = rows.length - count;
    text += open + rows.slice(0, count).join('') + (missing === 0 ? '' : note(missing)) + close;
  }
  return leftOut === 0 ? text : text + note(leftOut);
}

function countFitting(rows: readonly string[], room: number): number {
  let left = room;
  const first = rows.findIndex((row) => {
    left -= row.length;
    return left < 0;
  });
  return first === -1 ? rows.length : first;
}
