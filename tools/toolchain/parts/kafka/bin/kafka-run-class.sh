#!/bin/sh
# kafka-run-class.sh [-name NAME] [-loggc] CLASS [ARGUMENT]...
# Runs a class of Kafka, with the variables that the script of this name in Kafka's own distribution takes:
# JAVA_HOME, CLASSPATH, LOG_DIR, KAFKA_HEAP_OPTS, KAFKA_JVM_PERFORMANCE_OPTS, KAFKA_JMX_OPTS, KAFKA_LOG4J_OPTS and
# KAFKA_OPTS. Maven Central has the jars alone.
home=$(cd "$(dirname "$0")/.." && pwd)
LOG_DIR=${LOG_DIR:-$home/logs}
[ -d "$LOG_DIR" ] || mkdir -p "$LOG_DIR"
name=kafka
gc_log=
while :; do
  case $1 in
    -name) name=$2; shift 2 ;;
    -loggc) gc_log=yes; shift ;;
    *) break ;;
  esac
done
performance='-server -XX:+UseG1GC -XX:MaxGCPauseMillis=20 -XX:InitiatingHeapOccupancyPercent=35 -XX:+ExplicitGCInvokesConcurrent -Djava.awt.headless=true'
log4j="-Dlog4j.configuration=file:$home/config/tools-log4j.properties"
# Options are words of one string.
# shellcheck disable=SC2086
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" \
  ${KAFKA_HEAP_OPTS:--Xmx256M} \
  ${KAFKA_JVM_PERFORMANCE_OPTS:-$performance} \
  ${gc_log:+"-Xlog:gc*:file=$LOG_DIR/$name-gc.log:time,tags:filecount=10,filesize=100M"} \
  $KAFKA_JMX_OPTS \
  "-Dkafka.logs.dir=$LOG_DIR" ${KAFKA_LOG4J_OPTS:-$log4j} \
  -cp "${CLASSPATH:+$CLASSPATH:}$home/libs/*" $KAFKA_OPTS "$@"
