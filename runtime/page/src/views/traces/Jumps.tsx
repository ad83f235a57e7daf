interface JumpsProps {
  /** What the rows are: `found`, `failed`. */
  readonly what: string;
  /** In their order; `undefined` while it is not known. */
  readonly indices: readonly number[] | undefined;
  readonly active: number;
  readonly onGo: (index: number) => void;
}

/** Goes from one of some rows to the next. */
export function Jumps({ what, indices, active, onGo }: JumpsProps) {
  if (indices === undefined) return <span class="hint jumps">looking…</span>;
  const place = indices.indexOf(active);
  const go = (index: number | undefined) => {
    if (index !== undefined) onGo(index);
  };
  const before = indices.findLast((index) => index < active) ?? indices.at(-1);
  const after = indices.find((index) => index > active) ?? indices[0];
  const isNone = indices.length === 0;
  return (
    <span class="jumps">
      <span role="status">
        {place >= 0 ? `${place + 1} of ` : ''}
        {indices.length} {what}
      </span>
      <button type="button" disabled={isNone} onClick={() => go(before)} aria-label={`Previous ${what}`}>
        ↑
      </button>
      <button type="button" disabled={isNone} onClick={() => go(after)} aria-label={`Next ${what}`}>
        ↓
      </button>
    </span>
  );
}
