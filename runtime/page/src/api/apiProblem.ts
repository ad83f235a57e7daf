import { isRecord } from '../isRecord.ts';

/** One thing that is wrong with what was asked. */
export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

/** What the API answered in the place of what was asked for (RFC 9457), or that it did not answer. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  /** HTTP status; 0 where there was no answer. */
  readonly status: number;
  readonly problems: readonly FieldProblem[];

  constructor(message: string, status: number, problems: readonly FieldProblem[] = []) {
    super(message);
    this.status = status;
    this.problems = problems;
  }
}

/** Reads the problem of an answer; one that a proxy gave has none that can be read. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => undefined);
  const { detail, title, problems } = isRecord(body) ? body : {};
  const said = typeof detail === 'string' ? detail : typeof title === 'string' ? title : undefined;
  const message = said ?? `${response.status} ${response.statusText}: the answer did not come from Tracewright.`;
  return new ApiProblem(message, response.status, Array.isArray(problems) ? problems.filter(isFieldProblem) : []);
}

function isFieldProblem(value: unknown): value is FieldProblem {
  return isRecord(value) && typeof value['path'] === 'string' && typeof value['message'] === 'string';
}
