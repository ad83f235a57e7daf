import { z } from 'zod';

/** Something known to be wrong with a package that is locked. */
export interface Advisory {
  readonly url: string;
  readonly title: string;
  readonly severity: 'info' | 'low' | 'moderate' | 'high' | 'critical';
  /** The package that it is about. */
  readonly name: string;
  /** Versions that are concerned, as npm writes ranges. */
  readonly range: string;
  /** Where the package is installed, as `node_modules/a`. */
  readonly paths: readonly string[];
}

/** What `npm audit` answered: advisories, or why it has none to give. */
export type AuditAnswer = { readonly advisories: readonly Advisory[] } | { readonly unanswered: string };

const advisorySchema = z.object({
  url: z.string(),
  title: z.string(),
  severity: z.enum(['info', 'low', 'moderate', 'high', 'critical']),
  name: z.string(),
  range: z.string(),
});
// What concerns a package through another one is told there, by name.
const reportSchema = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(
    z.string(),
    z.object({ via: z.array(z.union([z.string(), advisorySchema])), nodes: z.array(z.string()) }),
  ),
});
const errorSchema = z.object({ message: z.string().min(1) });

/**
 * Reads what `npm audit --json` printed.
 * @throws TypeError when it is neither a report of version 2, which npm 7 and newer write, nor an error of npm's.
 */
export function parseAuditReport(text: string): AuditAnswer {
  const value = parsed(text);
  const report = reportSchema.safeParse(value);
  if (report.success) return { advisories: advisoriesOf(report.data) };
  const error = errorSchema.safeParse(value);
  if (error.success) return { unanswered: error.data.message };
  throw new TypeError(`npm audit printed neither a report nor an error: ${text.slice(0, 200) || 'nothing'}`, {
    cause: report.error,
  });
}

function advisoriesOf({ vulnerabilities }: z.infer<typeof reportSchema>): readonly Advisory[] {
  return Object.values(vulnerabilities).flatMap(({ via, nodes }) =>
    via.flatMap((each) => (typeof each === 'string' ? [] : [{ ...each, paths: nodes }])),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
