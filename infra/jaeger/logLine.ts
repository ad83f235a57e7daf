/**
 * A function of POSIX sh, `log LEVEL MESSAGE`, which writes one line in the form of docs/logs.md: `level`, `ts` (seconds since
 * 1970) and `msg`, as JSON. It needs printf, date, sed and tr. Levels are `info`, `warn` and `error`. Control characters of the
 * message become blanks; all else of it is kept.
 */
export const logLine = String.raw`
log() {
  printf '{"level":"%s","ts":%s,"msg":"%s"}\n' "$1" "$(date +%s)" "$(printf '%s' "$2" | tr '\001-\037\177' ' ' | sed 's/[\\"]/\\&/g')"
}
`.trim();
