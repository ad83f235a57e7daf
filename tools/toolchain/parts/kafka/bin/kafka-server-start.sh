#!/bin/sh
# kafka-server-start.sh server.properties [--override name=value]...
bin=$(dirname "$0")
home=$(cd "$bin/.." && pwd)
export LOG_DIR="${LOG_DIR:-$home/logs}"
export KAFKA_HEAP_OPTS="${KAFKA_HEAP_OPTS:--Xmx1G -Xms1G}"
export KAFKA_LOG4J_OPTS="${KAFKA_LOG4J_OPTS:--Dlog4j.configuration=file:$home/config/log4j.properties}"
# As in Kafka's own distribution, whose server therefore needs a LOG_DIR that it can write to.
export KAFKA_GC_LOG_OPTS="${KAFKA_GC_LOG_OPTS:--Xlog:gc*:file=$LOG_DIR/kafkaServer-gc.log:time,tags:filecount=10,filesize=100M}"
exec "$bin/kafka-run-class.sh" kafka.Kafka "$@"
