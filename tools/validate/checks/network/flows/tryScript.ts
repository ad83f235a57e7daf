/**
 * POSIX sh and curl. Arguments: `host:port` each. It tries all at once, round after round, and says one line for each: the round, the
 * target, and `open`, `refused` or `broken` (curl cannot be run); then `ROUND done`. A connection counts, whatever is said over it.
 */
export const tryScript = String.raw`
# As the first process of its container, a shell without a trap would not hear that the pod has to go.
trap 'exit 143' TERM
try() {
  connected=$(curl --silent --noproxy '*' --output /dev/null --connect-timeout 2 --max-time 3 --write-out '%{time_connect}' "http://$2/")
  case $connected in
    '') echo "$1 $2 broken" ;;
    *[1-9]*) echo "$1 $2 open" ;;
    *) echo "$1 $2 refused" ;;
  esac
}
round=0
while :; do
  for target in "$@"; do try $round "$target" & done
  wait
  echo "$round done"
  round=$((round + 1))
  sleep 1
done
`.trim();

/** What was found of each target in one round. */
export type Round = ReadonlyMap<string, 'open' | 'refused' | 'broken'>;

/** The rounds that a log of {@link tryScript} has the whole of, from the first. */
export function parseRounds(log: string): readonly Round[] {
  const lines = log.split('\n').map((line) => line.split(' '));
  const ended = lines.filter(([, word]) => word === 'done').length;
  return Array.from({ length: ended }, (_, round) => {
    const own = lines.filter(([number, , found]) => number === String(round) && found !== undefined);
    return new Map(own.map(([, target = '', found]) => [target, asFound(found)]));
  });
}

function asFound(word: string | undefined): 'open' | 'refused' | 'broken' {
  return word === 'open' || word === 'refused' ? word : 'broken';
}
