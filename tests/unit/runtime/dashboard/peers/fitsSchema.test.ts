import { z } from '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';
import { VIEWS } from '../../../../../runtime/src/dashboard/api/views.ts';
import { fitsSchema } from '../../../../../runtime/src/dashboard/peers/fitsSchema.ts';

const schema = z.object({
  rows: z.array(z.object({ id: z.string(), labels: z.record(z.string(), z.union([z.string(), z.array(z.int())])) })),
  note: z.string().optional(),
  more: z.unknown(),
});

/** Views whose parts have lists that cannot be left out. */
const LISTS = ['performance', 'performance/series', 'performance/heatmap', 'performance/trends', 'errors', 'requests'];

/** A value that the schema accepts, of so many rows. */
function rowsOf(count: number) {
  const rows = Array.from({ length: count }, (_, index) => ({ id: String(index), labels: { a: 'x', b: [1, 2] } }));
  return { rows, note: 'n', more: rows };
}

describe('whether a schema accepts what a replica says', () => {
  it.each([0, 1, 5000])('is said of what fits, however much it is: %d rows', (count) => {
    expect(fitsSchema(schema, rowsOf(count))).toBe(true);
  });

  it.each([0, 2500, 4999])('is given up at the one thing that is wrong: row %d', (index) => {
    const said = rowsOf(5000);
    Object.assign(said.rows[index]?.labels ?? {}, { b: [1, 'two'] });
    expect(fitsSchema(schema, said)).toBe(false);
  });

  it.each<[string, unknown]>([
    ['a list', Array.from({ length: 5000 }, () => 1)],
    ['nested lists', JSON.parse('['.repeat(100_000) + ']'.repeat(100_000))],
    ['an object without what is needed', { note: 'n', other: Array.from({ length: 5000 }, () => 1) }],
    ['an object in the place of a list', { rows: Object.fromEntries(rowsOf(5000).rows.entries()) }],
    ['nothing', undefined],
    ['null', null],
  ])('is not for %s', (_what, said) => {
    expect(fitsSchema(schema, said)).toBe(false);
  });

  it.each(VIEWS.filter(({ path }) => LISTS.includes(path)).map((view) => [view.path, view]))(
    'is found out at once of 300,000 rows of rubbish: %s',
    (_path, view) => {
      const rubbish = Array.from({ length: 300_000 }, () => ({}));
      const names = ['metrics', 'rows', 'cells', 'read', 'levels', 'groups', 'requests', 'errors', 'raised', 'history'];
      const said = {
        isOn: true,
        fromMillis: 0,
        toMillis: 1,
        ...Object.fromEntries(names.map((name) => [name, rubbish])),
      };
      const before = performance.now();
      expect(fitsSchema(view.part, said)).toBe(false);
      expect(performance.now() - before).toBeLessThan(500);
    },
  );
});
