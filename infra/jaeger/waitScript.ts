import { curlReason } from './curlReason.ts';
import { logLine } from './logLine.ts';

/**
 * The shell script of the container that waits for Elasticsearch. POSIX sh, curl, sed: what `curlimages/curl` has.
 *
 * Each argument is one address: its name, what is asked, and, where the certificate carries another name, what curl connects
 * to. The rest comes by variables: `INDEX_PREFIX`, `SUPPORTED` (servers that Jaeger takes), `JAEGER_TAG`, `WRITES`, `SEARCH_USER`,
 * `PASSWORD_FILE`, `CA_FILE`, `CERTIFICATE_FILE`, `KEY_FILE`. Files are read anew at every look, so that a mended Secret counts
 * at once. The password reaches curl by a pipe, never by its command line.
 */
export const waitScript = String.raw`
# As the first process of its container, a shell without a trap would not hear that the pod has to go.
trap 'exit 143' TERM
${logLine}
quoted() { printf '%s' "$1" | sed 's/[\\"]/\\&/g'; }

settings() {
  [ -z "$connect" ] || printf 'connect-to = "%s"\n' "$connect"
  [ -z "$CA_FILE" ] || printf 'cacert = "%s"\n' "$CA_FILE"
  [ -z "$CERTIFICATE_FILE" ] || printf 'cert = "%s"\nkey = "%s"\n' "$CERTIFICATE_FILE" "$KEY_FILE"
  [ -z "$PASSWORD_FILE" ] || printf 'user = "%s:%s"\n' "$(quoted "$SEARCH_USER")" "$(quoted "$(tr -d '\r\n' < "$PASSWORD_FILE")")"
}

# Leaves curl's exit code in $code, and the answer in $status and $body; or curl's own words in $body.
ask() {
  answer=$(settings | curl --config - --silent --show-error --connect-timeout 3 --max-time 5 --write-out '\n%{http_code}' "$asked$1" 2>&1)
  code=$?
  status=$(printf '%s' "$answer" | tail -n 1)
  body=$(printf '%s' "$answer" | sed '$d')
}

${curlReason}

refused() {
  case $status in
    401) reason="$name refused the user name or password (401)" ;;
    403) reason="$name does not let the user in (403)" ;;
    400) reason="$name refused the request (400), as it does without a client certificate or with one it does not trust" ;;
    *) reason="$name answers $status" ;;
  esac
}

# The server's kind and version, from what it says of itself.
version_is_supported() {
  number=$(printf '%s' "$body" | sed -n 's/.*"number" *: *"\([0-9.]*\).*/\1/p' | head -n 1)
  kind=elasticsearch
  if printf '%s' "$body" | grep -q '"distribution" *: *"opensearch"'; then kind=opensearch; fi
  case " $SUPPORTED " in *" $kind-$(printf '%s' "$number" | cut -d. -f1) "*) return 0 ;; esac
  reason="$name is $kind $number, which Jaeger $JAEGER_TAG cannot use; it takes: $SUPPORTED"
  [ "$kind" != elasticsearch ] || reason="$reason (Elasticsearch 8 from Jaeger 1.52 on)"
  return 1
}

# Jaeger's templates begin with "*": one whose prefix is the end of ours takes hold of our indices, or ours of its own. Looked at
# by who writes, before it makes its own template: nobody who comes later can stop an installation that is there.
prefix_is_free() {
  [ "$WRITES" = true ] || return 0
  ask '/_cat/templates/*jaeger-span?h=name'
  [ "$code:$status" = 0:200 ] || return 0
  for template in $body; do
    if [ "$template" = "$INDEX_PREFIX-jaeger-span" ]; then return 0; fi
  done
  for template in $body; do
    other=$(printf '%s' "$template" | sed 's/-*jaeger-span$//')
    case $INDEX_PREFIX in *"$other") clash=yes ;; *) case $other in *"$INDEX_PREFIX") clash=yes ;; *) clash= ;; esac ;; esac
    [ -z "$clash" ] || {
      reason="index prefix \"$INDEX_PREFIX\" and \"$other\" of another installation at $name end alike: choose another one (or delete the template $template, if that installation is gone)"
      return 1
    }
  done
}

takes_writes() {
  [ "$WRITES" = true ] || return 0
  ask "/$INDEX_PREFIX-jaeger-*/_settings/index.blocks.read_only_allow_delete?flat_settings=true"
  case $body in
    *'"index.blocks.read_only_allow_delete":"true"'*)
      reason="the disk of $name is full: above the flood-stage watermark its indices take no writes"
      return 1
      ;;
  esac
}

usable() {
  name=$1 asked=$2 connect=$3
  ask /
  if [ "$code" != 0 ]; then
    unreachable
    [ "$code" != 58 ] || reason="the client certificate for $name cannot be used ($said)"
    return 1
  fi
  if [ "$status" != 200 ]; then refused; return 1; fi
  version_is_supported && prefix_is_free && takes_writes
}

said_before= second=0
while :; do
  reasons=
  for target in "$@"; do
    # Not quoted: one argument holds the two or three words of a target.
    if usable $target; then log info "ready: $name is $kind $number"; exit 0; fi
    case "; $reasons; " in *"; $reason; "*) continue ;; esac
    [ -z "$reasons" ] || reasons="$reasons; "
    reasons="$reasons$reason"
  done
  if [ "$reasons" != "$said_before" ] || [ $((second % 10)) = 0 ]; then log warn "waiting: $reasons"; fi
  said_before=$reasons second=$((second + 1))
  sleep 1
done
`.trim();
