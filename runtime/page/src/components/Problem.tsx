import type { ApiProblem } from '../api/apiProblem.ts';
import { plainText } from './plainText.ts';

interface ProblemProps {
  readonly problem: ApiProblem;
  readonly onRetry?: () => void;
}

/** What went wrong, in the API's words. */
export function Problem({ problem: { message, problems }, onRetry }: ProblemProps) {
  return (
    <div class="problem" role="alert">
      <p>{plainText(message)}</p>
      {problems.length > 0 && (
        <ul>
          {problems.map((one) => (
            <li key={one.path}>
              <code>{plainText(one.path)}</code>: {plainText(one.message)}
            </li>
          ))}
        </ul>
      )}
      {onRetry && (
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}
