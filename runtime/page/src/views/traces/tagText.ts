/** A tag without blanks, or `name="value with blanks"` as the API reads it. */
const TAG = /[^\s="]+="(?:[^"\\]|\\.)*"(?=\s|$)|\S+/g;

const FAILED = 'error=true';

/** Whether only failed traces are sought. */
export function hasErrorTag(tags: string): boolean {
  return tagsIn(tags).includes(FAILED);
}

/** The tags with the one for failed traces, or without it where it was among them; others stay as they were written. */
export function toggledErrorTag(tags: string): string {
  if (!hasErrorTag(tags)) return `${tags} ${FAILED}`.trim();
  return tagsIn(tags)
    .filter((tag) => tag !== FAILED)
    .join(' ');
}

function tagsIn(tags: string): string[] {
  return tags.match(TAG) ?? [];
}
