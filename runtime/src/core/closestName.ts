// Two slips of the finger: a letter missing, one too many, one for another.
const MOST_DIFFERENCES = 2;

/** The name that was probably meant: the one with the fewest differences, two at most. */
export function closestName(given: string, names: readonly string[]): string | undefined {
  let closest: string | undefined;
  let fewest = Math.min(MOST_DIFFERENCES, given.length - 1) + 1;
  for (const name of names) {
    const count = differences(given.toLowerCase(), name.toLowerCase());
    if (count >= fewest) continue;
    closest = name;
    fewest = count;
  }
  return closest;
}

/** "did you mean …?", or nothing where no name is close. */
export function suggestion(given: string, names: readonly string[]): { readonly remedy?: string } {
  const closest = closestName(given, names);
  return closest === undefined ? {} : { remedy: `did you mean ${closest}?` };
}

/** The Levenshtein distance, as far as it matters: texts whose lengths differ by more are told apart at once. */
function differences(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > MOST_DIFFERENCES) return MOST_DIFFERENCES + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
