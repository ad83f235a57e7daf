import { execa } from 'execa';
import { join } from 'node:path';
import { z } from 'zod';
import { defaultCacheDirectory } from '../../../tools/toolchain/cacheDirectory.ts';
import { startToolchain } from '../../../tools/toolchain/toolchain.ts';

/** What kube-score says of an object, or of one of its containers. */
export interface KubeScoreFinding {
  /** `Deployment/shop/web`: kind, namespace where it has one, name. */
  readonly object: string;
  /** Where it names one. */
  readonly container?: string;
  /** The id of its check: `container-resources`. */
  readonly check: string;
  readonly grade: 'CRITICAL' | 'WARNING';
  /** Its own words: `CPU limit is not set`. */
  readonly says: string;
}

const comment = z.object({ path: z.string(), summary: z.string() });
const test = z.object({
  check: z.object({ id: z.string() }),
  grade: z.number(),
  skipped: z.boolean(),
  comments: z.array(comment).nullable(),
});
const scored = z.object({
  type_meta: z.object({ kind: z.string() }),
  object_meta: z.object({ name: z.string().default(''), namespace: z.string().default('') }),
  checks: z.array(test).nullable(),
});
const answer = z.array(scored).nullable();

/** kube-score 1.20, `scorecard/scorecard.go`: 7 and 10 are passes. */
const grades: ReadonlyMap<number, KubeScoreFinding['grade']> = new Map([
  [1, 'CRITICAL'],
  [5, 'WARNING'],
]);

/** Finds or builds kube-score. @returns the path of its program */
export async function findKubeScore(): Promise<string> {
  const run = startToolchain({
    parts: ['kube-score'],
    cacheDirectory: defaultCacheDirectory(process.env),
    environment: process.env,
  });
  return join((await run.ready('kube-score')).directory, 'kube-score');
}

/**
 * What kube-score says of some files together: with every optional check, and whatever annotations of the objects ask it to leave out.
 *
 * @returns `undefined` where it cannot read one of the files
 */
export async function askKubeScore(
  program: string,
  files: readonly string[],
): Promise<readonly KubeScoreFinding[] | undefined> {
  const options = ['--all-default-optional', '--disable-ignore-checks-annotations', '--kubernetes-version', 'v1.34'];
  const { stdout } = await execa(program, ['score', '--output-format', 'json', ...options, ...files], {
    stdin: 'ignore',
    // It ends with 1 for what it finds as well as for what it cannot read, which it says nothing of.
    reject: false,
    timeout: 120_000,
    maxBuffer: 2 ** 28,
  });
  return stdout.trim() === '' ? undefined : parseKubeScore(stdout);
}

/** The findings in kube-score's JSON, version 2. */
export function parseKubeScore(json: string): readonly KubeScoreFinding[] {
  return (answer.parse(JSON.parse(json)) ?? []).flatMap(findingsOf);
}

function findingsOf({ type_meta: { kind }, object_meta: { namespace, name }, checks }: z.infer<typeof scored>) {
  const object = [kind, namespace, name].filter((part) => part !== '').join('/');
  return (checks ?? []).flatMap(({ check, grade, skipped, comments }): readonly KubeScoreFinding[] => {
    const worth = grades.get(grade);
    if (worth === undefined || skipped) return [];
    return (comments ?? []).map(({ path, summary }) => ({
      object,
      ...(path === '' ? {} : { container: path }),
      check: check.id,
      grade: worth,
      says: summary,
    }));
  });
}
