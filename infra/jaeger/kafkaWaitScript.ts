import { kafkaTools } from './kafkaFiles.ts';
import { kafkaReason } from './kafkaReason.ts';
import { logLine } from './logLine.ts';

/**
 * The script of the container that waits for Kafka: bash and Kafka's own tools, as its image has them. Where a broker can be
 * reached is tried without them first, since each tool is a JVM of its own.
 *
 * Its arguments are the addresses of brokers. The rest comes by variables: `TOPIC`, `PARTITIONS`, `MAKE_TOPIC`, `GROUP` (of who reads),
 * `KAFKA_USER`, `MECHANISM`, `PASSWORD_FILE`, `TLS`, `CA_FILE`, `CERTIFICATE_FILE`, `KEY_FILE`. Files are read anew at every look.
 */
export const kafkaWaitScript = String.raw`
# As the first process of its container, a shell without a trap would not hear that the pod has to go.
trap 'kill "$child" 2>/dev/null; exit 143' TERM
umask 077
# Letters of a password, not bytes.
export LC_ALL=C.UTF-8
scratch=$(mktemp -d) || exit 1
settings=$scratch/client.properties answer=$scratch/answer child=
brokers=$(IFS=,; echo "$*")
name="Kafka at $brokers"

${logLine}
${kafkaReason}

# A text within the double quotes of a log-in, in a file that Java reads as Latin-1.
quoted() {
  local text=$1 index letter
  for ((index = 0; index < ${'$'}{#text}; index++)); do
    letter=${'$'}{text:index:1}
    case $letter in [\"\\]) printf '\\u005c' ;; esac
    printf '\\u%04x' "'$letter"
  done
}

login() {
  local password module=plain.Plain
  IFS= read -r -d '' password < "$PASSWORD_FILE"
  case $password in *$'\n'*) reason="the password in the Secret holds a line break, which Jaeger would send to $name"; return 1 ;; esac
  case $MECHANISM in SCRAM*) module=scram.Scram ;; esac
  printf 'sasl.mechanism=%s\n' "$MECHANISM"
  printf 'sasl.jaas.config=org.apache.kafka.common.security.%sLoginModule required username="%s" password="%s";\n' \
    "$module" "$(quoted "$KAFKA_USER")" "$(quoted "$password")"
}

certificates() {
  [ -z "$CA_FILE" ] || printf 'ssl.truststore.type=PEM\nssl.truststore.location=%s\n' "$CA_FILE"
  [ -z "$KEY_FILE" ] || {
    cat "$KEY_FILE" <(echo) "$CERTIFICATE_FILE" > "$scratch/client.pem"
    printf 'ssl.keystore.type=PEM\nssl.keystore.location=%s\n' "$scratch/client.pem"
  }
}

write_settings() {
  local protocol=PLAINTEXT
  case $TLS:$KAFKA_USER in true:) protocol=SSL ;; true:*) protocol=SASL_SSL ;; *:?*) protocol=SASL_PLAINTEXT ;; esac
  printf 'security.protocol=%s\nrequest.timeout.ms=8000\ndefault.api.timeout.ms=10000\n' "$protocol" > "$settings"
  [ "$TLS" != true ] || certificates >> "$settings"
  [ -z "$KAFKA_USER" ] || login >> "$settings"
}

# One of Kafka's tools, whose words go to the file $answer. It runs in the background, so that the trap is heard.
tool() {
  local script=$1
  shift
  ${kafkaTools}/"$script".sh --bootstrap-server "$brokers" --command-config "$settings" "$@" > "$answer" 2>&1 &
  child=$!
  wait "$child"
}

# Whether anything listens at one of the addresses; if not, why.
reachable() {
  local broker reasons='' said
  for broker in "$@"; do
    said=$(timeout 3 bash -c ': < "/dev/tcp/$0/$1"' "${'$'}{broker%:*}" "${'$'}{broker##*:}" 2>&1) && return 0
    case $said in
      *'not known'* | *'name resolution'* | *'does not resolve'* | *'No address'*) reason="the host of Kafka at $broker is not known to the cluster's DNS" ;;
      *refused*) reason="Kafka at $broker does not answer (connection refused)" ;;
      *) reason="Kafka at $broker does not answer" ;;
    esac
    reasons="$reasons${'$'}{reasons:+; }$reason"
  done
  reason=$reasons
  return 1
}

topic_is_there() {
  tool kafka-topics --describe --topic "$TOPIC"
  partitions=$(sed -n 's/.*PartitionCount: *\([0-9]*\).*/\1/p' "$answer" | head -n 1)
  if [ -z "$partitions" ]; then
    says 'does not exist' || { refused; return 1; }
    reason="the topic $TOPIC is missing at $name"
    [ "$MAKE_TOPIC" = true ] || return 1
    reason="$reason, and is made"
    tool kafka-topics --create --if-not-exists --topic "$TOPIC" --partitions "$PARTITIONS" --replication-factor 1 || refused
    return 1
  fi
  if says 'Leader: *(none|-1)'; then reason="a partition of the topic $TOPIC has no leader at $name"; return 1; fi
  return 0
}

# What the group has read of each partition, in $answer.
group_is_known() {
  tool kafka-consumer-groups --describe --offsets --group "$GROUP"
  says 'does not exist|has no active members|CURRENT-OFFSET' || { refused; return 1; }
}

group_is_idle() { says 'does not exist|has no active members'; }

# Only while no ingester runs: those that do would begin at the end of a new partition, and pass by what came first. So a collector
# leaves it to them.
topic_is_large_enough() {
  [ "$MAKE_TOPIC" = true ] && [ "$partitions" -lt "$PARTITIONS" ] || return 0
  reason="the topic $TOPIC has $partitions partitions at $name, and is given $PARTITIONS"
  if ! group_is_idle; then
    reason="$reason once no ingester runs: scale their Deployment to 0, and back when they are gone"
    return 1
  fi
  tool kafka-topics --alter --topic "$TOPIC" --partitions "$PARTITIONS" || refused
  return 1
}

# Jaeger's ingester begins at the end of a partition that its group has read nothing of, or whose next span is gone: it would pass by
# what waits there. While no ingester runs, those are set to what the partition still has.
offsets_are_there() {
  local unread
  unread=$(unread_partitions)
  if ! group_is_idle; then
    [ -n "$unread" ] || return 0
    reason="ingesters run that know nothing of these partitions of the topic $TOPIC: $unread; scale their Deployment to 0, and back when they are gone"
    return 1
  fi
  if [ -n "$unread" ]; then move_to --topic "$TOPIC:$unread" --to-earliest || return 1; fi
  # Moving by nothing brings an offset that lies before the partition's first span to that.
  move_to --topic "$TOPIC" --shift-by 0
}

# Those without an offset of the group, with commas between.
unread_partitions() {
  local group topic partition offset rest unread=''
  local -A known=()
  # The last row may end without a line break.
  while read -r group topic partition offset rest || [ -n "$group" ]; do
    case $group:$topic:$offset in "$GROUP:$TOPIC":[0-9]*) known[$partition]=yes ;; esac
  done < "$answer"
  for ((partition = 0; partition < partitions; partition++)); do
    [ -n "${'$'}{known[$partition]}" ] || unread="$unread${'$'}{unread:+,}$partition"
  done
  printf '%s' "$unread"
}

reader_can_begin() {
  [ -n "$GROUP" ] || return 0
  group_is_known && topic_is_large_enough && offsets_are_there
}

move_to() {
  tool kafka-consumer-groups --reset-offsets --execute --group "$GROUP" "$@"
  # Another ingester has begun meanwhile, which has seen to it.
  says 'NEW-OFFSET|only be reset if the group .* is inactive' || { refused; return 1; }
}

usable() {
  reachable "$@" && write_settings && topic_is_there && reader_can_begin
}

said_before= second=0
while :; do
  if usable "$@"; then log info "ready: the topic $TOPIC has $partitions partitions at $name"; rm -rf "$scratch"; exit 0; fi
  if [ "$reason" != "$said_before" ] || [ $((second % 10)) = 0 ]; then log warn "waiting: $reason"; fi
  said_before=$reason second=$((second + 1))
  sleep 1 &
  child=$!
  wait "$child"
done
`.trim();
