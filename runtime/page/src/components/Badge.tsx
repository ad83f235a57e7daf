import type { ComponentChildren } from 'preact';

/** What a thing means to who looks at it. Never by colour alone: the text says it, too. */
export type Tone = 'neutral' | 'good' | 'warning' | 'bad' | 'info';

/** A word with a colour. */
export function Badge({ tone = 'neutral', children }: { readonly tone?: Tone; readonly children: ComponentChildren }) {
  return <span class={`badge badge-${tone}`}>{children}</span>;
}
