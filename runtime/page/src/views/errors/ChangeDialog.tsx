import { useState } from 'preact/hooks';
import { ApiProblem } from '../../api/apiProblem.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Select } from '../../components/Select.tsx';
import type { SaidOfChange } from './changeGroups.ts';
import { CHANGE_NAMES, type StateChange } from './errorWords.ts';

interface ChangeDialogProps {
  readonly change: StateChange;
  /** What is changed: `this group`, `3 groups`. */
  readonly what: string;
  /** Release that runs now, to resolve in. */
  readonly release: string | undefined;
  /** Does it. @returns what is said then. @throws ApiProblem */
  readonly onConfirm: (said: SaidOfChange) => Promise<string>;
  readonly onDone: (message: string) => void;
  /** Nothing was done; where it was refused, things are not as they are shown. */
  readonly onClose: (wasRefused: boolean) => void;
}

const HOUR_MILLIS = 3_600_000;
const IGNORING = [
  { value: 'good', text: 'for good' },
  { value: '1', text: 'for an hour' },
  { value: '24', text: 'for a day' },
  { value: '168', text: 'for a week' },
  { value: '720', text: 'for 30 days' },
  { value: 'count', text: 'until it came so often' },
] as const;
const MOST_NOTE_LENGTH = 1000;

const MEANINGS: Readonly<Record<StateChange, string>> = {
  acknowledge: 'Others see that you look at it.',
  resolve: 'The cause is gone. It opens by itself if it comes back.',
  ignore: 'It is counted, and bothers nobody.',
  reopen: 'It needs care again.',
};

/** Asks for a note before groups are changed, and says why it cannot be done. */
export function ChangeDialog({ change, what, release, onConfirm, onDone, onClose }: ChangeDialogProps) {
  const [note, setNote] = useState('');
  const [inRelease, setInRelease] = useState('');
  const [ignoring, setIgnoring] = useState<(typeof IGNORING)[number]['value']>('good');
  const [forCount, setForCount] = useState('100');
  const [problem, setProblem] = useState<ApiProblem>();
  const [isBusy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const said = {
        ...saidOf({ change, inRelease, ignoring, forCount }),
        ...(note.trim() !== '' && { note: note.trim() }),
      };
      onDone(await onConfirm(said));
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error : new ApiProblem(String(error), 0));
      setBusy(false);
    }
  };
  return (
    <Dialog title={`${CHANGE_NAMES[change]} ${what}`} onClose={() => onClose(problem !== undefined)}>
      <form
        class="change-form"
        onSubmit={(event) => {
          event.preventDefault();
          void confirm();
        }}
      >
        <p class="hint">{MEANINGS[change]}</p>
        <label class="field">
          Note, for others (not required)
          <textarea
            value={note}
            maxLength={MOST_NOTE_LENGTH}
            onInput={({ currentTarget }) => setNote(currentTarget.value)}
          />
        </label>
        {change === 'resolve' && (
          <label class="field">
            In release: errors of older ones do not open it again
            <input
              type="text"
              value={inRelease}
              maxLength={200}
              placeholder={release === undefined ? 'every error opens it' : `such as the one after ${release}`}
              onInput={({ currentTarget }) => setInRelease(currentTarget.value)}
            />
          </label>
        )}
        {change === 'ignore' && <Select label="How long" value={ignoring} options={IGNORING} onChange={setIgnoring} />}
        {change === 'ignore' && ignoring === 'count' && (
          <label class="field">
            Errors from now on
            <input
              type="number"
              min={1}
              max={1_000_000_000}
              required
              value={forCount}
              onInput={({ currentTarget }) => setForCount(currentTarget.value)}
            />
          </label>
        )}
        {problem && <Problem problem={problem} />}
        <div class="buttons">
          <button type="submit" class="primary" disabled={isBusy}>
            {CHANGE_NAMES[change]}
          </button>
          <button type="button" onClick={() => onClose(problem !== undefined)}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface Chosen {
  readonly change: StateChange;
  readonly inRelease: string;
  readonly ignoring: (typeof IGNORING)[number]['value'];
  readonly forCount: string;
}

function saidOf({ change, inRelease, ignoring, forCount }: Chosen): SaidOfChange {
  if (change === 'resolve') return inRelease.trim() === '' ? {} : { release: inRelease.trim() };
  if (change !== 'ignore' || ignoring === 'good') return {};
  return ignoring === 'count' ? { forCount: Number(forCount) } : { forMillis: Number(ignoring) * HOUR_MILLIS };
}
