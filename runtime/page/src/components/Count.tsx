import { formatCount, formatExactly } from './counts.ts';

/** A number; the exact one shows when it is pointed at, and is what is copied and read aloud. */
export function Count({ value }: { readonly value: number }) {
  const short = formatCount(value);
  const whole = formatExactly(value);
  if (short === whole) return <>{short}</>;
  return (
    <span title={whole}>
      <span aria-hidden="true">{short}</span>
      <span class="visually-hidden">{whole}</span>
    </span>
  );
}
