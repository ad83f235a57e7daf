/**
 * A function of POSIX sh for scripts that try a way with curl, whose arguments it takes. It ends with 0 when something answered,
 * whatever it said; 1 when nothing did; 2 when curl cannot be run, with its exit code in `$code`.
 */
export const curlAnswered = String.raw`
answered() {
  curl --silent --output /dev/null --connect-timeout 2 --max-time 3 "$@"
  code=$?
  case $code in
    # No host of that name (headless: none is ready), refused, nothing heard.
    6 | 7 | 28) return 1 ;;
    # The shell's own: not there, not executable, killed. curl's end at 101.
    1[2-9]? | 2??) return 2 ;;
    *) return 0 ;;
  esac
}
`.trim();
