import { useState } from 'preact/hooks';
import type { ErrorRow } from '../../../../src/dashboard/api/errors/errorsSchema.ts';
import { ChangeDialog } from './ChangeDialog.tsx';
import { changeSeveral } from './changeGroups.ts';
import { CHANGE_NAMES, type StateChange } from './errorWords.ts';

/** How many groups are changed at once at most. */
export const MOST_CHOSEN = 100;

const OFFERED: readonly StateChange[] = ['acknowledge', 'resolve', 'ignore', 'reopen'];

interface BulkBarProps {
  readonly rows: readonly ErrorRow[];
  readonly chosen: ReadonlySet<string>;
  readonly release: string | undefined;
  readonly onChoose: (ids: ReadonlySet<string>) => void;
  readonly onChanged: () => void;
}

/** What is done with several groups together. */
export function BulkBar({ rows, chosen, release, onChoose, onChanged }: BulkBarProps) {
  const [change, setChange] = useState<StateChange>();
  const [message, setMessage] = useState('');
  const first = rows.slice(0, MOST_CHOSEN).map(({ id }) => id);
  const what = chosen.size === 1 ? '1 group' : `${chosen.size} groups`;
  return (
    <div class="bulk">
      <button
        type="button"
        disabled={rows.length === 0}
        onClick={() => onChoose(chosen.size > 0 ? new Set() : new Set(first))}
      >
        {chosen.size > 0 ? 'Choose none' : `Choose ${rows.length > MOST_CHOSEN ? `the first ${MOST_CHOSEN}` : 'all'}`}
      </button>
      {chosen.size > 0 && (
        <>
          <span class="hint">
            {what} chosen{chosen.size === MOST_CHOSEN ? ', more cannot be' : ''}
          </span>
          {OFFERED.map((name) => (
            <button key={name} type="button" onClick={() => setChange(name)}>
              {CHANGE_NAMES[name]}
            </button>
          ))}
        </>
      )}
      <span role="status" class="bulk-message">
        {message}
      </span>
      {change && (
        <ChangeDialog
          change={change}
          what={what}
          release={release}
          onConfirm={(said) => changeSeveral([...chosen], change, said)}
          onDone={(said) => {
            setChange(undefined);
            setMessage(said);
            onChoose(new Set());
            onChanged();
          }}
          onClose={(wasRefused) => {
            setChange(undefined);
            if (wasRefused) onChanged();
          }}
        />
      )}
    </div>
  );
}
