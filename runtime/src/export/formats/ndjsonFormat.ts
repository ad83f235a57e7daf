import { jsonText } from './jsonText.ts';
import type { RequestFormat } from './requestFormat.ts';

/** A JSON object a line, each with a line feed at its end. */
export const ndjsonFormat: RequestFormat = {
  contentType: 'application/x-ndjson; charset=utf-8',
  fileExtension: 'ndjson',
  head: '',
  page: (requests) => requests.map((request) => `${jsonText(request)}\n`).join(''),
  tail: () => '',
};
