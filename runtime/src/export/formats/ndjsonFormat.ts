import type { ExportProgress } from '../exportProgress.ts';
import { jsonText } from './jsonText.ts';
import type { TextFormat } from './textFormat.ts';

/** A JSON object a line, each with a line feed at its end. */
export const ndjsonFormat: TextFormat<unknown, ExportProgress> = {
  contentType: 'application/x-ndjson; charset=utf-8',
  fileExtension: 'ndjson',
  head: '',
  page: (rows) => rows.map((row) => `${jsonText(row)}\n`).join(''),
  tail: () => '',
};
