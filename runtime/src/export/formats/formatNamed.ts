import { redactedText } from '../../core/redaction.ts';
import type { ExportedKind } from '../exportedKind.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../exportFormat.ts';
import type { ExportProgress } from '../exportProgress.ts';
import { csvFormat } from './csvFormat.ts';
import { jsonFormat } from './jsonFormat.ts';
import { ndjsonFormat } from './ndjsonFormat.ts';
import type { TextFormat } from './textFormat.ts';

/** @throws RangeError for what is none. */
export function formatNamed<Row, Progress extends ExportProgress>(
  name: ExportFormat,
  kind: ExportedKind<Row, Progress>,
): TextFormat<Row, Progress> {
  switch (name) {
    case 'json':
      return jsonFormat(kind);
    case 'ndjson':
      return ndjsonFormat;
    case 'csv':
      return csvFormat(kind);
    default:
      throw new RangeError(`format is ${redactedText(name)}; allowed: ${EXPORT_FORMATS.join(', ')}`);
  }
}
