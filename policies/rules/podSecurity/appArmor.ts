import { field, isRecord, shown, text } from '../../kubernetes/fields.ts';
import type { Workload } from '../../kubernetes/workloads.ts';
import { objectRule, type Problem } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { podMetadataPath } from '../workload/podField.ts';
import { inPodAndContainers } from './inPod.ts';
import { looseProfiles, profileFix } from './profiles.ts';

/** How a profile was named before Kubernetes 1.30; the API server still reads it. The container's name follows. */
const annotationPrefix = 'container.apparmor.security.beta.kubernetes.io/';

/** No pod or container does without AppArmor. */
export const appArmor = objectRule({
  name: 'app-armor',
  asks: 'No pod, container or annotation names an AppArmor profile other than RuntimeDefault or a local one.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'Where a node has AppArmor, the runtime\'s profile keeps a process off files and rights that no service needs; "Unconfined" takes it away.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  passes: podWithContainer('securityContext: { appArmorProfile: { type: RuntimeDefault } }'),
  fails: podWithContainer('securityContext: { appArmorProfile: { type: Unconfined } }'),
  *check(object) {
    yield* inPodAndContainers(object, (spec) => looseProfiles(spec, 'appArmorProfile'));
    if (object.workload !== undefined) yield* annotationProblems(object.workload);
  },
});

function* annotationProblems({ metadata, podPath }: Workload): Iterable<Problem> {
  const annotations = field(metadata, 'annotations');
  const names = isRecord(annotations) ? Object.keys(annotations) : [];
  for (const name of names.filter((one) => one.startsWith(annotationPrefix))) {
    const profile = text(field(annotations, name)) ?? '';
    if (profile === '' || profile === 'runtime/default' || profile.startsWith('localhost/')) continue;
    yield {
      path: `${podMetadataPath(podPath)}.annotations["${name}"]`,
      problem: `is ${shown(profile)}: it must be "runtime/default", "localhost/" with a name, or left out`,
      fix: `leave it out; in the container: ${profileFix('appArmorProfile')}`,
    };
  }
}
