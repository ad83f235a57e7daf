/** A moment to the second, in UTC: `2026-11-29T10:00:00Z`. */
export function secondOf(moment: Date): string {
  return moment.toISOString().replace(/\.\d+Z$/, 'Z');
}
