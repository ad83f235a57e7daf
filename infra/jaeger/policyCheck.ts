import type { types } from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { initContainerResources, resourceRequirements } from '../kubernetes/resources.ts';
import { curlAnswered } from './curlAnswered.ts';
import { curlImage, type ImageSource } from './images.ts';
import { logLine } from './logLine.ts';
import { checkedPort } from './networkFlows.ts';
import { collectorPorts } from './ports.ts';

/**
 * POSIX sh and curl, as {@link policyCheckContainer} runs it. Arguments: `host:port` that policies let it through to, one that only the
 * collectors' policy refuses it besides its own, and one that its own policy alone refuses it. A policy takes hold some moments
 * after its pod has started, so that one connection which passes proves nothing yet; and a network that is broken refuses
 * everything, so that a refusal proves nothing unless the other way is open.
 */
const policyCheckScript = String.raw`
# As the first process of its container, a shell without a trap would not hear that the pod has to go.
trap 'exit 143' TERM
${curlAnswered}
${logLine}
reaches() {
  answered --http2-prior-knowledge "http://$1/"
  case $? in
    0) return 0 ;;
    1) return 1 ;;
    *) log error "curl cannot be run in this container ($code)"; exit 1 ;;
  esac
}

deadline=$(( $(date +%s) + 120 ))
late() { [ "$(date +%s)" -ge $deadline ]; }

until reaches "$1"; do
  if late; then
    log error "no way to $1, which the policies let this pod through to: DNS or the network are broken, or network.dns is wrong"
    exit 1
  fi
  sleep 1
done
for refused in "$2" "$3"; do
  while reaches "$refused"; do
    if late; then
      log error "network policies are not enforced: this pod reaches a port that they refuse it. Install a network plugin that enforces them (Calico, Cilium, kube-router), or accept it with tracewright:network.unenforced: true"
      exit 1
    fi
    sleep 1
  done
done
log info "enforced: $1 can be reached, $2 and $3 cannot"
`.trim();

/** A container that ends well when network policies are enforced, and says what is wrong when they are not. */
export function policyCheckContainer(
  collectorHost: pulumi.Input<string>,
  images: ImageSource,
): Omit<types.input.core.v1.Container, 'name'> {
  const address = ({ number }: { readonly number: number }) => pulumi.interpolate`${collectorHost}:${number}`;
  return {
    image: curlImage(images),
    command: [
      '/bin/sh',
      '-c',
      policyCheckScript,
      'network-policy-check',
      address(checkedPort),
      address(collectorPorts.thriftHttp),
      // The Kubernetes API has no policy: what is refused here is refused on the way out.
      'kubernetes.default.svc:443',
    ],
    resources: resourceRequirements(initContainerResources),
    // What it says when it fails is in the pod's status, for whoever looks at the Job.
    terminationMessagePolicy: 'FallbackToLogsOnError',
  };
}
