/** A label's value between its quotes. */
export function escapedValue(text: string): string {
  // Most values need nothing, which this tells at a fraction of what replacing takes.
  if (!/[\\"\n]/.test(text)) return text;
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

/** A description as Prometheus' text has it, where quotes stand for themselves. */
export function escapedHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}
