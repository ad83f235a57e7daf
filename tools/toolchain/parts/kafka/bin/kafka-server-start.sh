#!/bin/sh
# kafka-server-start.sh server.properties [--override name=value]...
bin=$(dirname "$0")
export KAFKA_HEAP_OPTS="${KAFKA_HEAP_OPTS:--Xmx1G -Xms1G}"
export KAFKA_LOG4J_OPTS="${KAFKA_LOG4J_OPTS:--Dlog4j.configuration=file:$bin/../config/log4j.properties}"
# As in Kafka's own distribution: unless EXTRA_ARGS says otherwise, the collector's log needs a LOG_DIR that can be written to.
# shellcheck disable=SC2086
exec "$bin/kafka-run-class.sh" ${EXTRA_ARGS--name kafkaServer -loggc} kafka.Kafka "$@"
