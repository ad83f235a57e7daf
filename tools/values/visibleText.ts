// Control characters, ends of lines of Unicode, and what turns the direction of writing: a terminal obeys some, and others hide what is there.
const invisible = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
const short: Readonly<Record<string, string>> = { '\n': String.raw`\n`, '\r': String.raw`\r`, '\t': String.raw`\t` };

/** A text of somebody else, such as the name of an object, on one line: what is not to be seen in it is written as an escape. */
export function visibleLine(text: string): string {
  return text.replaceAll(invisible, escaped);
}

/** As `visibleLine`, with its lines and tabs. */
export function visibleLines(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(invisible, (character) => (character === '\n' || character === '\t' ? character : escaped(character)));
}

/**
 * A text for the log of a job, in which no line is a command to GitHub's runner: those begin with `::`, or have `##[` anywhere
 * (actions/runner, `ActionCommand.cs`).
 */
export function withoutCommands(text: string): string {
  return text.replaceAll(/^(\s*):(?=:)/gm, String.raw`$1\:`).replaceAll('##[', String.raw`#\#[`);
}

function escaped(character: string): string {
  return short[character] ?? String.raw`\u` + (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0');
}
