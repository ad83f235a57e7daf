import { jsonText } from './jsonText.ts';
import type { RequestFormat } from './requestFormat.ts';

/** One JSON object: `{"requests":[…],"cursor":"…","missed":0}`. */
export const jsonFormat: RequestFormat = {
  contentType: 'application/json; charset=utf-8',
  fileExtension: 'json',
  head: '{"requests":[',
  page(requests, isFirst) {
    const text = requests.map(jsonText).join(',');
    return isFirst || text === '' ? text : `,${text}`;
  },
  tail({ cursor, missed }) {
    return `],"cursor":${jsonText(cursor ?? null)},"missed":${missed}}`;
  },
};
