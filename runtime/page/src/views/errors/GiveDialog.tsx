import { useState } from 'preact/hooks';
import type { GroupFacts } from '../../../../src/dashboard/api/errors/errorDetailSchema.ts';
import { ApiProblem } from '../../api/apiProblem.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Select } from '../../components/Select.tsx';
import { giveGroup } from './changeGroups.ts';
import { CATEGORIES, CATEGORY_NAMES, SEVERITIES } from './errorWords.ts';

interface GiveDialogProps {
  readonly group: GroupFacts;
  readonly what: 'category' | 'severity';
  readonly onDone: (message: string) => void;
  readonly onClose: (wasRefused: boolean) => void;
}

/** Gives a group a category or a severity that nothing changes any more, or takes it back. */
export function GiveDialog({ group, what, onDone, onClose }: GiveDialogProps) {
  const [value, setValue] = useState<string>(group[what]);
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState<ApiProblem>();
  const isGiven = group[what === 'category' ? 'categoryGiven' : 'severityGiven'] !== undefined;
  const confirm = async () => {
    try {
      onDone(
        await giveGroup(group.id, what, value === '' ? null : value, note.trim() === '' ? undefined : note.trim()),
      );
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error : new ApiProblem(String(error), 0));
    }
  };
  return (
    <Dialog title={`Give this group a ${what}`} onClose={() => onClose(problem !== undefined)}>
      <form
        class="change-form"
        onSubmit={(event) => {
          event.preventDefault();
          void confirm();
        }}
      >
        <p class="hint">It stays, whatever errors come. Its errors are counted under it from now on.</p>
        <Select
          label={what === 'category' ? 'Category' : 'Severity'}
          value={value}
          options={[...(isGiven ? [{ value: '', text: 'that of its errors again' }] : []), ...optionsOf(what)]}
          onChange={setValue}
        />
        <label class="field">
          Note, for others (not required)
          <textarea value={note} maxLength={1000} onInput={({ currentTarget }) => setNote(currentTarget.value)} />
        </label>
        {problem && <Problem problem={problem} />}
        <div class="buttons">
          <button type="submit" class="primary">
            Set {what}
          </button>
          <button type="button" onClick={() => onClose(problem !== undefined)}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function optionsOf(what: 'category' | 'severity') {
  return what === 'severity'
    ? SEVERITIES.map((name) => ({ value: name, text: name }))
    : CATEGORIES.map((name) => ({ value: name, text: CATEGORY_NAMES[name] }));
}
