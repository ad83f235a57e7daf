/** Every format. */
export const EXPORT_FORMATS = ['json', 'ndjson', 'csv'] as const;

/** `json`: one object; `ndjson`: an object a line; `csv`: RFC 4180, with a header. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
