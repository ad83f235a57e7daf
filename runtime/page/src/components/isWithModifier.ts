/** Whether a key is one of the browser's or the system's, such as Alt and left for what was before: the page leaves it alone. */
export function isWithModifier({ altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return altKey || ctrlKey || metaKey;
}
