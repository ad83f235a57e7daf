import type * as pulumi from '@pulumi/pulumi';
import type { types } from '@pulumi/kubernetes';
import { initContainerResources, resourceRequirements } from '../kubernetes/resources.ts';
import { restrictedContainer } from '../kubernetes/securityContexts.ts';
import { curlAnswered } from './curlAnswered.ts';
import { curlImage, type ImageSource } from './images.ts';
import { logLine } from './logLine.ts';

/** POSIX sh and curl, as {@link waitForCollector} runs it; the one argument is `host:port` of the collectors' gRPC. */
export const waitForCollectorScript = String.raw`
# As the first process of its container, a shell without a trap would not hear that the pod has to go.
trap 'exit 143' TERM
${curlAnswered}
${logLine}
second=0
while :; do
  answered --http2-prior-knowledge "http://$1/"
  case $? in
    0) log info "ready: a collector answers at $1"; exit 0 ;;
    1) reason="no collector is ready at $1" ;;
    *) reason="curl cannot be run in this container ($code)" ;;
  esac
  [ $((second % 10)) != 0 ] || log warn "waiting: $reason"
  second=$((second + 1))
  sleep 1
done
`.trim();

/**
 * A container that ends when a collector answers. An agent that starts before asks for collectors at ever longer intervals,
 * up to two minutes (gRPC's back-off, which it has no setting for), and drops spans until it finds one that has long been
 * there; this container looks every second.
 *
 * @param collector - `host:port` of the collectors' gRPC.
 */
export function waitForCollector(collector: pulumi.Input<string>, images: ImageSource): types.input.core.v1.Container {
  return restrictedContainer({
    name: 'wait-for-collector',
    image: curlImage(images),
    command: ['/bin/sh', '-c', waitForCollectorScript, 'wait-for-collector', collector],
    resources: resourceRequirements(initContainerResources),
  });
}
