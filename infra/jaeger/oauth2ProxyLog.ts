/**
 * Templates of Go for texts that may hold anything: `{{template "text" TEXT}}`, and `{{template "quoted" TEXT}}` for what is in
 * Go's quotation marks already. A template cannot write JSON, but Go's `%q` of what `%q` has written is: it has nothing left to
 * escape but quotation marks and backslashes. In the text, these and what cannot be printed stay as Go writes them.
 */
const textTemplates =
  '{{define "quoted"}}{{printf "%q" (slice . 1 (len (slice . 1)))}}{{end}}' +
  '{{define "text"}}{{template "quoted" (printf "%q" .)}}{{end}}';

function text(field: string): string {
  return `{{template "text" .${field}}}`;
}

function quoted(field: string): string {
  return `{{template "quoted" .${field}}}`;
}

/** Who has asked. */
const asker = {
  client: text('Client'),
  user: text('Username'),
  user_agent: quoted('UserAgent'),
  request_id: text('RequestID'),
};

/**
 * A template for a line in the form of docs/logs.md, but that it has `time` (RFC 3339) in place of `ts`: oauth2-proxy tells no
 * seconds since 1970.
 */
function logFormat(level: string, fields: Readonly<Record<string, string>>): string {
  const date = '{{slice .Timestamp 0 4}}-{{slice .Timestamp 5 7}}-{{slice .Timestamp 8 10}}T{{slice .Timestamp 11}}Z';
  const members = Object.entries({ level: `"${level}"`, time: `"${date}"`, ...fields });
  return `${textTemplates}{${members.map(([name, value]) => `"${name}":${value}`).join(',')}}`;
}

/**
 * How oauth2-proxy logs: lines of JSON. What would let whoever reads them into the UI is not written there. Who was let in, and
 * who was not, is. Source: oauth2-proxy 7.15 `pkg/logger`.
 *
 * @param basePath - Path that the UI lies under; empty for none.
 */
export function oauth2ProxyLogArguments(basePath: string): string[] {
  // Where a callback lacks its CSRF cookie, 7.15 prints the whole request, with the cookie of a session: Go's form of a struct.
  const message =
    '{{if eq (printf "%.2s" .Message) "&{"}}"callback without its CSRF cookie"{{else}}{{template "text" .Message}}{{end}}';
  // Nothing says which of these are errors but how they begin.
  const level =
    '{{$begin := printf "%.5s" .Message}}{{if or (eq $begin "Error") (eq $begin "error")}}error{{else}}info{{end}}';
  return [
    '--logging-local-time=false',
    // One stream: a line of requests is written in pieces, between which a line of the other one might stand.
    '--errors-to-info-log=true',
    '--silence-ping-logging=true',
    `--standard-logging-format=${logFormat(level, { caller: text('File'), msg: message })}`,
    `--auth-logging-format=${logFormat('{{if eq .Status "AuthSuccess"}}info{{else}}warn{{end}}', {
      msg: text('Message'),
      auth: text('Status'),
      ...asker,
    })}`,
    `--request-logging-format=${logFormat('info', {
      msg: '"request answered"',
      ...asker,
      method: text('RequestMethod'),
      path: quoted('RequestURI'),
      status: '{{.StatusCode}}',
      bytes: '{{.ResponseSize}}',
      seconds: '{{.RequestDuration}}',
    })}`,
    // The address of a callback carries the code that a session is had for.
    `--exclude-logging-path=${basePath}/oauth2/callback`,
  ];
}
