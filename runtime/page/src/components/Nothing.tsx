import type { ComponentChildren } from 'preact';

interface NothingProps {
  readonly title: string;
  /** Why, and what to do. */
  readonly children?: ComponentChildren;
}

/** There is nothing to show: says why, and what to do. */
export function Nothing({ title, children }: NothingProps) {
  return (
    <div class="nothing">
      <h2>{title}</h2>
      <p>{children}</p>
    </div>
  );
}
