import type * as pulumi from '@pulumi/pulumi';
import type { types } from '@pulumi/kubernetes';
import { initContainerResources, resourceRequirements } from '../kubernetes/resources.ts';
import { restrictedContainer } from '../kubernetes/securityContexts.ts';
import { curlImage, type ImageSource } from './images.ts';

/** POSIX sh and curl, as {@link waitForCollector} runs it; the one argument is `host:port` of the collectors' gRPC. */
export const waitForCollectorScript = String.raw`
# As the first process of its container, a shell without a trap would not hear that the pod has to go.
trap 'exit 143' TERM
second=0
while :; do
  curl --silent --output /dev/null --http2-prior-knowledge --connect-timeout 2 --max-time 3 "http://$1/"
  code=$?
  case $code in
    # No host of that name (headless: none is ready), refused, nothing heard.
    6 | 7 | 28) reason="no collector is ready at $1" ;;
    # The shell's own: not there, not executable, killed. curl's end at 101.
    1[2-9]? | 2??) reason="curl cannot be run in this container ($code)" ;;
    # Anything else is an answer.
    *) echo "ready: a collector answers at $1"; exit 0 ;;
  esac
  [ $((second % 10)) != 0 ] || echo "waiting: $reason"
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
