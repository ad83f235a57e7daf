import { useState } from 'preact/hooks';
import { linedText } from './linedText.ts';

const SHOWN_LENGTH = 400;

/** A text of others with its lines; a long one is cut, with a way to see the whole. */
export function LongText({ text }: { readonly text: string }) {
  const [isWhole, setWhole] = useState(false);
  const isLong = text.length > SHOWN_LENGTH;
  const shown = isLong && !isWhole ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
  return (
    <>
      <bdi class="long-text">{linedText(shown)}</bdi>
      {isLong && (
        <>
          {' '}
          <button type="button" class="more" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
            {isWhole ? 'show less' : `show all ${text.length} characters`}
          </button>
        </>
      )}
    </>
  );
}
