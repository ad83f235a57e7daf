/** Lines of a text file, each with its end. */
export function lines(...text: readonly string[]): string {
  return `${text.join('\n')}\n`;
}
