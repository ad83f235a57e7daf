import { describe, expect, it } from 'vitest';
import { podSecurityRules } from '../../../../../policies/rules/podSecurity/podSecurityRules.ts';
import { changedPod } from '../../../../support/podSecurityPods.ts';
import { findingsOf, problemsOf } from '../../../../support/problemsOf.ts';
import { podOf, ruleNamed, unknownValue } from './workloadPods.ts';

const names = podSecurityRules.map(({ name }) => name);

describe.each(names)('%s, on what a preview does not know', (name) => {
  it('does not need what is no affair of Pod Security', () => {
    const { spec } = changedPod({
      'spec.nodeName': unknownValue,
      'spec.serviceAccountName': unknownValue,
      'spec.containers[0].image': unknownValue,
      'spec.containers[0].env': [{ name: unknownValue, value: unknownValue }],
      'spec.volumes': [{ name: unknownValue, configMap: { name: unknownValue } }],
      'spec.securityContext.fsGroup': unknownValue,
      'spec.securityContext.seLinuxOptions.level': unknownValue,
      'spec.containers[0].securityContext.readOnlyRootFilesystem': unknownValue,
    });
    expect(findingsOf(ruleNamed(name), [podOf(spec, { 'example/note': unknownValue })])).toEqual([]);
  });
});

describe('a value that a preview does not know', () => {
  it.each([
    ['host-process', 'spec.securityContext.windowsOptions.hostProcess'],
    ['host-namespaces', 'spec.hostNetwork'],
    ['host-ports', 'spec.hostNetwork'],
    ['privileged-containers', 'spec.containers[0].securityContext.privileged'],
    ['capabilities-baseline', 'spec.containers[0].securityContext.capabilities.add'],
    ['host-path-volumes', 'spec.volumes'],
    ['host-probes', 'spec.containers[0].livenessProbe'],
    ['app-armor', 'spec.securityContext.appArmorProfile'],
    ['app-armor', 'metadata.annotations'],
    ['se-linux', 'spec.securityContext.seLinuxOptions.type'],
    ['proc-mount', 'spec.containers[0].securityContext.procMount'],
    ['seccomp-baseline', 'spec.containers[0].securityContext.seccompProfile.type'],
    ['sysctls', 'spec.securityContext.sysctls'],
    ['volume-types', 'spec.volumes'],
    ['privilege-escalation', 'spec.containers[0].securityContext.allowPrivilegeEscalation'],
    ['privilege-escalation', 'spec.os.name'],
    ['run-as-user', 'spec.securityContext.runAsUser'],
    ['capabilities-restricted', 'spec.containers[0].securityContext.capabilities.drop'],
  ])('is named by %s, at %s', (name, path) => {
    const pod = changedPod({ [path]: unknownValue });
    const found = findingsOf(ruleNamed(name), [podOf(pod.spec, pod.metadata.annotations)]);
    expect(found.map(({ kind, path: at }) => `${kind} ${at}`)).toEqual([`unknown ${path}`]);
  });

  it('in the pod hides nothing in its containers, and one in a container is said of that container only', () => {
    const unknown = { securityContext: { runAsUser: unknownValue } };
    const pod = podOf({ ...unknown, containers: [unknown, { securityContext: { runAsUser: 0 } }] });
    expect(findingsOf(ruleNamed('run-as-user'), [pod]).map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      'unknown spec.securityContext.runAsUser',
      'unknown spec.containers[0].securityContext.runAsUser',
      'breach spec.containers[1].securityContext.runAsUser',
    ]);
  });

  it('in a port does not hide that the pod lives in the network of its node', () => {
    const containers = [{ name: 'shop', ports: [{ containerPort: unknownValue }] }];
    expect(problemsOf(ruleNamed('host-namespaces'), [podOf({ hostNetwork: true, containers })])).toEqual([
      'Pod/shop: spec.hostNetwork is true, which opens every port that its processes listen on at its node, those that it declares among them: it must be false or left out. Fix: leave hostNetwork out',
    ]);
  });
});

describe('what is no value of Kubernetes', () => {
  const odd = [undefined, null, 0, 'x', true, [], [null], [[]], {}, { 0: {} }];
  const bodies = odd.flatMap((value) => [
    podOf(value, value),
    podOf({ containers: value, initContainers: value, volumes: value, securityContext: value, os: value }, value),
    podOf({
      hostNetwork: value,
      securityContext: { sysctls: value, seccompProfile: value, seLinuxOptions: value, windowsOptions: value },
      containers: [value, { ports: value, livenessProbe: value, lifecycle: value, securityContext: value }],
      volumes: [value, { emptyDir: value, hostPath: value }],
    }),
    podOf({
      securityContext: { sysctls: [value, { name: value }], seccompProfile: { type: value } },
      containers: [
        { ports: [value, { hostPort: value, containerPort: value }], livenessProbe: { httpGet: value } },
        { securityContext: { capabilities: { add: value, drop: value }, runAsUser: value, privileged: value } },
        { securityContext: { capabilities: { add: [value], drop: [value] }, seLinuxOptions: { type: value } } },
      ],
    }),
  ]);

  it.each(names)('makes %s neither throw nor fail', (name) => {
    const kinds = new Set(findingsOf(ruleNamed(name), bodies).map(({ kind }) => kind));
    expect([...kinds].filter((kind) => kind !== 'breach')).toEqual([]);
  });

  it.each([
    ['privileged-containers', 'privileged', 'true'],
    ['privilege-escalation', 'allowPrivilegeEscalation', 'false'],
    ['run-as-non-root', 'runAsNonRoot', 'true'],
    ['run-as-user', 'runAsUser', '10001'],
    ['proc-mount', 'procMount', 'default'],
  ])('is a breach of %s: %s as the text %j', (name, field, value) => {
    const pod = podOf({ containers: [{ securityContext: { [field]: value } }] });
    expect(findingsOf(ruleNamed(name), [pod]).map(({ kind }) => kind)).toEqual(['breach']);
  });
});
