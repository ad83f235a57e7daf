import { useState } from 'preact/hooks';
import type { GroupFacts } from '../../../../src/dashboard/api/errors/errorDetailSchema.ts';
import { useSession } from '../../session/session.tsx';
import { ChangeDialog } from './ChangeDialog.tsx';
import { changeGroup } from './changeGroups.ts';
import { CHANGE_NAMES, CHANGES, type StateChange } from './errorWords.ts';
import { GiveDialog } from './GiveDialog.tsx';

interface GroupActionsProps {
  readonly group: GroupFacts;
  readonly release: string | undefined;
  readonly onChanged: () => void;
}

/** What can be done with a group as it is now. */
export function GroupActions({ group, release, onChanged }: GroupActionsProps) {
  const { role } = useSession();
  const [change, setChange] = useState<StateChange>();
  const [given, setGiven] = useState<'category' | 'severity'>();
  const [message, setMessage] = useState('');
  const close = (isChanged: boolean) => {
    setChange(undefined);
    setGiven(undefined);
    if (isChanged) onChanged();
  };
  const done = (said: string) => {
    setMessage(said);
    close(true);
  };
  if (role !== 'operate') {
    return <p class="hint">You may look, but change nothing: acknowledging and resolving needs the role operate.</p>;
  }
  return (
    <div class="group-actions">
      {CHANGES[group.state].map((name, index) => (
        <button key={name} type="button" class={index === 0 ? 'primary' : undefined} onClick={() => setChange(name)}>
          {CHANGE_NAMES[name]}
        </button>
      ))}
      <button type="button" onClick={() => setGiven('severity')}>
        Severity …
      </button>
      <button type="button" onClick={() => setGiven('category')}>
        Category …
      </button>
      <span role="status">{message}</span>
      {change && (
        <ChangeDialog
          change={change}
          what="this group"
          release={release}
          onConfirm={(said) => changeGroup(group.id, change, said)}
          onDone={done}
          onClose={close}
        />
      )}
      {given && <GiveDialog group={group} what={given} onDone={done} onClose={close} />}
    </div>
  );
}
