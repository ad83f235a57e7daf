import { curlReason } from './curlReason.ts';
import { logLine } from './logLine.ts';

/**
 * The shell script of the container that looks after the issuer of log-ins. POSIX sh, curl, sed: what `curlimages/curl` has.
 *
 * It takes its settings by variables: `ISSUER_URL`, `CLIENT_ID`, `REDIRECT_URL`, `CLIENT_SECRET_FILE`, `COOKIE_SECRET_FILE`,
 * `CA_FILE` (empty: the image's trust store), `CLIENT_SECRET_NAME` and `COOKIE_SECRET_NAME` (what to call the files' sources),
 * `LOOKED_FILE`, which it makes anew at every look, and `READY_FILE`, which it makes when a log-in would work for the first time.
 * Until then it says what it waits for in messages that begin with `waiting: `, afterwards what goes wrong in messages that begin
 * with `failing: `. Files are read anew at every look. Secrets reach curl by a pipe or a file, never by its command line.
 */
export const issuerScript = String.raw`
# As the first process of its container, a shell without a trap would not hear that the pod has to go.
trap 'exit 143' TERM
${logLine}
quoted() { printf '%s' "$1" | sed 's/[\\"]/\\&/g'; }

# Leaves curl's exit code in $code, and the answer in $status and $body; or curl's own words in $body.
ask() {
  name=$1
  answer=$({ [ -z "$CA_FILE" ] || printf 'cacert = "%s"\n' "$CA_FILE"; printf '%s' "$login"; } |
    curl --config - --silent --show-error --proto =https --connect-timeout 3 --max-time 8 --write-out '\n%{http_code}' "$@" 2>&1)
  code=$?
  status=$(printf '%s' "$answer" | tail -n 1)
  body=$(printf '%s' "$answer" | sed '$d')
  [ "$code" != 0 ] || return 0
  unreachable
  case $code:$said in
    7:* | 28:*) reason="$reason; pods are let through to ingress.oidc.egressCidrs only" ;;
    60:*issuer* | 60:*self*signed*) reason="$reason; its CA belongs into ingress.oidc.ca" ;;
  esac
  return 1
}

${curlReason}

# A field of the discovery document: the first of that name, whatever its lines are.
field() {
  printf '%s' "$body" | tr ',{}' '\n\n\n' | sed -n "s/^[[:space:]]*\"$1\"[[:space:]]*:[[:space:]]*\"\([^\"]*\)\".*/\1/p" | head -n 1 | sed 's:\\/:/:g'
}

# As oauth2-proxy reads it: base64 with "-" and "_", or the bytes themselves.
cookie_secret_fits() {
  size=$(($(wc -c < "$COOKIE_SECRET_FILE")))
  case $size in 16 | 24 | 32) return 0 ;; esac
  if [ $size -le 44 ] && grep -Eqx '[A-Za-z0-9_-]{22}|[A-Za-z0-9_-]{43}=?' "$COOKIE_SECRET_FILE"; then return 0; fi
  reason="$COOKIE_SECRET_NAME has $size bytes and is no key of cookies: make one with openssl rand -base64 32 | tr -- +/ -_"
  return 1
}

client_secret_fits() {
  if [ ! -s "$CLIENT_SECRET_FILE" ]; then reason="$CLIENT_SECRET_NAME is empty"; return 1; fi
  [ -z "$(tail -c 1 "$CLIENT_SECRET_FILE")" ] || return 0
  reason="$CLIENT_SECRET_NAME ends with a newline, which the issuer would be sent too"
  return 1
}

discovered() {
  ask "$(printf '%s' "$ISSUER_URL" | sed 's:/$::')/.well-known/openid-configuration" || return 1
  if [ "$status" != 200 ]; then reason="$name answers $status: is ingress.oidc.issuerUrl right?"; return 1; fi
  named=$(field issuer) token=$(field token_endpoint) keys=$(field jwks_uri)
  if [ -z "$named" ] || [ -z "$token" ] || [ -z "$keys" ]; then reason="$name is no discovery document of OpenID Connect"; return 1; fi
  if [ "$named" != "$ISSUER_URL" ]; then reason="the issuer calls itself $named: set ingress.oidc.issuerUrl to that"; return 1; fi
  ask "$keys" || return 1
  [ "$status" = 200 ] || { reason="$name answers $status"; return 1; }
}

# Asks for a token with a code that nobody was given: who knows the client's secret is told that the code is wrong.
rejected_with() {
  login=$1
  shift
  ask "$token" --data grant_type=authorization_code --data code=none --data-urlencode "redirect_uri=$REDIRECT_URL" "$@"
  asked=$?
  login=
  [ $asked = 0 ] || return 2
  case $status in 400 | 401 | 403) ;; *) return 1 ;; esac
  printf '%s' "$body" | grep -Eq '"error"[[:space:]]*:[[:space:]]*"(invalid_client|unauthorized_client)"'
}

# Both ways to show a secret, as oauth2-proxy tries them. In the header, other than plain letters are written in ways that issuers
# read differently: then a refusal would prove nothing.
client_is_known() {
  case $(tr -d 'A-Za-z0-9._~-' < "$CLIENT_SECRET_FILE")$(printf '%s' "$CLIENT_ID" | tr -d 'A-Za-z0-9._~-') in ?*) return 0 ;; esac
  rejected_with "" --data-urlencode "client_id=$CLIENT_ID" --data-urlencode "client_secret@$CLIENT_SECRET_FILE"
  case $? in 1) return 0 ;; 2) return 1 ;; esac
  rejected_with "$(printf 'user = "%s:%s"\n' "$(quoted "$CLIENT_ID")" "$(quoted "$(cat "$CLIENT_SECRET_FILE")")")"
  case $? in 1) return 0 ;; 2) return 1 ;; esac
  reason="the issuer $ISSUER_URL knows no client $CLIENT_ID with the secret that is $CLIENT_SECRET_NAME"
  return 1
}

# Each wrong secret is a failed log-in to the issuer: it is shown again when the file has changed, and otherwise twice a minute.
client_is_accepted() {
  shown=$(cksum < "$CLIENT_SECRET_FILE") now=$(date +%s)
  if [ "$shown" = "$accepted" ]; then return 0; fi
  if [ "$shown" = "$refused" ] && [ $((now - refused_at)) -lt 30 ]; then reason=$refusal; return 1; fi
  if client_is_known; then accepted=$shown; return 0; fi
  refused=$shown refused_at=$now refusal=$reason
  return 1
}

login= accepted= refused= refused_at=0 said_before= level=warn word=waiting pause=1 second=0
[ ! -e "$READY_FILE" ] || level=error word=failing pause=10
while :; do
  if cookie_secret_fits && client_secret_fits && discovered && client_is_accepted; then
    [ "$said_before" = ready ] || log info "ready: the issuer $ISSUER_URL takes log-ins"
    : > "$READY_FILE"
    said_before=ready level=error word=failing pause=10
  else
    if [ $word = failing ] || [ "$reason" != "$said_before" ] || [ $((second % 10)) = 0 ]; then log "$level" "$word: $reason"; fi
    said_before=$reason second=$((second + 1))
  fi
  : > "$LOOKED_FILE"
  # In the background: a signal is heard at once.
  sleep $pause &
  wait $!
done
`.trim();
