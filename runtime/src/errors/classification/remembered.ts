const MOST_NAMES = 200;
const LONGEST_NAME = 128;

/**
 * Remembers what was told of names, which come back: of the 200 that came last at most, and of none with more than 128
 * characters. When there are too many all is forgotten at once.
 *
 * @param tell - tells the same of a name each time
 */
export function remembered<Told>(tell: (name: string) => Told): (name: string) => Told {
  const known = new Map<string, { readonly told: Told }>();
  return (name) => {
    const entry = known.get(name);
    if (entry !== undefined) return entry.told;
    const told = tell(name);
    if (known.size >= MOST_NAMES) known.clear();
    if (name.length <= LONGEST_NAME) known.set(name, { told });
    return told;
  };
}
