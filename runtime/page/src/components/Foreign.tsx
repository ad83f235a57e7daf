import { plainText } from './plainText.ts';

interface ForeignProps {
  /** What the application, a client or somebody else gave. */
  readonly text: string;
  /** For IDs: letters of one width. */
  readonly isId?: boolean;
}

/** A text of others, kept apart from ours: it turns no direction and hides nothing. Where it is cut, pointing shows all. */
export function Foreign({ text, isId }: ForeignProps) {
  const shown = plainText(text);
  return (
    <bdi class={isId ? 'id' : undefined} title={shown}>
      {shown}
    </bdi>
  );
}
