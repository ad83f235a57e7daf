import type { ExportProgress } from './exportProgress.ts';
import type { TextFormat } from './formats/textFormat.ts';
import type { ReadPage } from './readPages.ts';

/** A part of an export, and how far it has come with it. */
export interface WrittenPage<Progress extends ExportProgress> {
  readonly text: string;
  readonly progress: Progress;
}

/** The texts of pages, each when it is asked for, and of what stands after them. */
export function* writePages<Row, Progress extends ExportProgress>(
  pages: Iterable<ReadPage<Row, Progress>>,
  format: TextFormat<Row, Progress>,
  start: Progress,
): Generator<WrittenPage<Progress>, undefined> {
  let before = start;
  let head = format.head;
  for (const { rows, progress } of pages) {
    yield { text: head + format.page(rows, before.exported === 0), progress };
    head = '';
    before = progress;
  }
  yield { text: format.tail(before), progress: before };
  return undefined;
}
