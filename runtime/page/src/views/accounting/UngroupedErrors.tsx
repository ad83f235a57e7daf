import { useEffect, useRef } from 'preact/hooks';
import type { ErrorsOfClass } from '../../../../src/dashboard/api/accounting/accountingSchema.ts';
import { Count } from '../../components/Count.tsx';
import { Foreign } from '../../components/Foreign.tsx';

interface UngroupedErrorsProps {
  readonly rows: readonly ErrorsOfClass[];
  /** Whether the address says that it is looked at. */
  readonly isOpen: boolean;
}

/** All that is known of errors whose groups are gone, or that never had one. */
export function UngroupedErrors({ rows, isOpen }: UngroupedErrorsProps) {
  const summary = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    summary.current?.scrollIntoView({ block: 'center' });
    summary.current?.focus();
  }, [isOpen]);
  return (
    <details open={isOpen}>
      <summary ref={summary}>Errors of no group, by class and code</summary>
      <table class="facts">
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col">Code</th>
            <th scope="col" class="number">
              Count
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ type, code, count }) => (
            <tr key={JSON.stringify([type, code])}>
              <th scope="row">
                <Foreign text={type} />
              </th>
              <td>{code === undefined ? <span class="hint">none</span> : <Foreign text={code} />}</td>
              <td class="number">
                <Count value={count} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
