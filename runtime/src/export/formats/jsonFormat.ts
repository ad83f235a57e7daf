import type { ExportedKind } from '../exportedKind.ts';
import type { ExportProgress } from '../exportProgress.ts';
import { jsonText } from './jsonText.ts';
import type { TextFormat } from './textFormat.ts';

/** One JSON object: `{"requests":[…],"cursor":"…","missed":0}`. */
export function jsonFormat<Row, Progress extends ExportProgress>({
  rowsName,
  summaryOf,
}: Pick<ExportedKind<Row, Progress>, 'rowsName' | 'summaryOf'>): TextFormat<Row, Progress> {
  return {
    contentType: 'application/json; charset=utf-8',
    fileExtension: 'json',
    head: `{${jsonText(rowsName)}:[`,
    page(rows, isFirst) {
      const text = rows.map(jsonText).join(',');
      return isFirst || text === '' ? text : `,${text}`;
    },
    tail(progress) {
      const summary = Object.entries(summaryOf(progress)).map(([key, value]) => `,${jsonText(key)}:${jsonText(value)}`);
      return `]${summary.join('')}}`;
    },
  };
}
