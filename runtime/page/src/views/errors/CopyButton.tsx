import { useEffect, useRef, useState } from 'preact/hooks';

const SAID_MILLIS = 2_000;

/** Copies a text, and says that it did. Where the browser does not let it (no HTTPS), the text is shown, ready to be copied. */
export function CopyButton({ label, textOf }: { readonly label: string; readonly textOf: () => string }) {
  const [said, setSaid] = useState('');
  const [shown, setShown] = useState<string>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    area.current?.focus();
    area.current?.select();
  }, [shown]);
  const copy = async () => {
    const text = textOf();
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied');
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setSaid(''), SAID_MILLIS);
    } catch {
      setShown(text);
    }
  };
  return (
    <>
      <button type="button" onClick={() => void copy()}>
        {said === '' ? label : said}
        <span class="visually-hidden" role="status">
          {said}
        </span>
      </button>
      {shown !== undefined && (
        <label class="field copy-text">
          Copy it from here
          <textarea ref={area} readOnly rows={6} value={shown} onBlur={() => setShown(undefined)} />
        </label>
      )}
    </>
  );
}
