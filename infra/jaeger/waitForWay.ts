import type { types } from '@pulumi/kubernetes';
import { initContainerResources, resourceRequirements } from '../kubernetes/resources.ts';
import { restrictedContainer } from '../kubernetes/securityContexts.ts';
import { curlAnswered } from './curlAnswered.ts';
import { curlImage, type ImageSource } from './images.ts';

/** POSIX sh and curl, as {@link waitForWay} runs it; the one argument is a URL. It always ends well, within a minute and a half. */
export const waitForWayScript = String.raw`
# As the first process of its container, a shell without a trap would not hear that the pod has to go.
trap 'exit 143' TERM
${curlAnswered}
second=0
while [ $second -lt 30 ]; do
  answered "$1"
  # Without curl, there is nothing to wait for.
  [ $? = 1 ] || exit 0
  second=$((second + 1))
  sleep 1
done
exit 0
`.trim();

/**
 * A container that ends as soon as there is a way to a URL, or after 30 tries. Some network plugins let a pod through only some
 * moments after it has started (kube-router: when its next look at the pods is over): who asks once, at once, and gives up is
 * refused each time. What is wrong with the answer, or that none comes, is for the container after it to say.
 */
export function waitForWay(url: string, images: ImageSource): types.input.core.v1.Container {
  return restrictedContainer({
    name: 'wait-for-way',
    image: curlImage(images),
    command: ['/bin/sh', '-c', waitForWayScript, 'wait-for-way', url],
    resources: resourceRequirements(initContainerResources),
  });
}
