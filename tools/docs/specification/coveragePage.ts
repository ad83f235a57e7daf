import { basename } from 'node:path';
import { generatedFrom, paragraphs, table } from '../markdown.ts';
import { testKinds, type TaggedFile } from './readTags.ts';
import type { SpecRow } from './specRows.ts';

/** Rows that nothing proves, or nothing on real parts. */
export class UnprovenRowsError extends Error {
  override readonly name = 'UnprovenRowsError';

  constructor(unproven: readonly string[], withoutRealParts: readonly string[]) {
    const lines = [
      ...unproven.map((id) => `${id} has no test`),
      ...withoutRealParts.map((id) => `${id} has no test on real parts (tests/integration, tests/e2e)`),
    ];
    const rows = [...unproven, ...withoutRealParts].join(' ');
    super(
      `rows of the specification are not proven: ${lines.join('; ')}. Write "// @spec ${rows}" into a test of tests/integration or tests/e2e that proves it.`,
    );
  }
}

/**
 * Which tests prove which row.
 * @throws UnprovenRowsError when a row has no test, or none on real parts.
 */
export function coveragePage(rows: readonly SpecRow[], files: readonly TaggedFile[]): string {
  const proofs = rows.map((row) => ({ row, files: files.filter((file) => file.rows.includes(row.id)) }));
  const lacks = (isProof: (file: TaggedFile) => boolean): string[] =>
    proofs.filter((proof) => !proof.files.some(isProof)).map(({ row }) => row.id);
  const unproven = lacks(() => true);
  const unreal = lacks(({ kind }) => kind !== 'unit').filter((id) => !unproven.includes(id));
  if (unproven.length + unreal.length > 0) throw new UnprovenRowsError(unproven, unreal);
  return paragraphs(
    generatedFrom('the tags of tests (`// @spec`) and `tools/docs/specification/specRows.ts`'),
    '# What proves what',
    'Each row of the specification, and the files of tests that prove it. A file says so itself, in a line such as `// @spec S1.1`; `npm run check` ' +
      'fails when a row has no test, or none on real parts (`integration`: real servers and programs; `e2e`: a real cluster). ' +
      'Only those stand here that prove the row itself: there are many more tests.',
    table(
      ['row', 'what works', ...testKinds],
      proofs.map(({ row, files: own }) => [
        row.id,
        row.what,
        ...testKinds.map((kind) =>
          own
            .filter((file) => file.kind === kind)
            .map(({ path }) => `[${basename(path, '.test.ts')}](../${path})`)
            .join(', '),
        ),
      ]),
    ),
  );
}
