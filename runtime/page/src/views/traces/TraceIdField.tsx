import { useState } from 'preact/hooks';
import { goTo } from '../../address/useAddress.ts';

/** Goes to a trace whose ID somebody has, from a log for example. */
export function TraceIdField() {
  const [id, setId] = useState('');
  const cleaned = id.trim();
  const isId = /^[\da-f]{16,32}$/i.test(cleaned);
  return (
    <form
      class="filters trace-by-id"
      aria-label="Open a trace"
      onSubmit={(event) => {
        event.preventDefault();
        if (isId) goTo({ path: ['traces', cleaned.toLowerCase()], query: {} });
      }}
    >
      <label class="field">
        Trace ID
        <input
          class="id"
          value={id}
          spellcheck={false}
          autocomplete="off"
          placeholder="16 to 32 hexadecimal digits"
          onInput={({ currentTarget }) => setId(currentTarget.value)}
        />
      </label>
      <button type="submit" disabled={!isId}>
        Open
      </button>
    </form>
  );
}
