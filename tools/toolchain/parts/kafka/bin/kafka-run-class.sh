#!/bin/sh
# Runs a class of Kafka, with the variables that the script of this name in Kafka's own distribution takes:
# JAVA_HOME, CLASSPATH, LOG_DIR, KAFKA_HEAP_OPTS, KAFKA_JVM_PERFORMANCE_OPTS, KAFKA_GC_LOG_OPTS, KAFKA_JMX_OPTS,
# KAFKA_LOG4J_OPTS and KAFKA_OPTS. Maven Central has the jars alone.
home=$(cd "$(dirname "$0")/.." && pwd)
LOG_DIR=${LOG_DIR:-$home/logs}
[ -d "$LOG_DIR" ] || mkdir -p "$LOG_DIR"
performance='-server -XX:+UseG1GC -XX:MaxGCPauseMillis=20 -XX:InitiatingHeapOccupancyPercent=35 -XX:+ExplicitGCInvokesConcurrent -Djava.awt.headless=true'
log4j="-Dlog4j.configuration=file:$home/config/tools-log4j.properties"
# Options are words of one string.
# shellcheck disable=SC2086
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" \
  ${KAFKA_HEAP_OPTS:--Xmx256M} \
  ${KAFKA_JVM_PERFORMANCE_OPTS:-$performance} \
  $KAFKA_GC_LOG_OPTS $KAFKA_JMX_OPTS \
  "-Dkafka.logs.dir=$LOG_DIR" ${KAFKA_LOG4J_OPTS:-$log4j} \
  -cp "${CLASSPATH:+$CLASSPATH:}$home/libs/*" $KAFKA_OPTS "$@"
