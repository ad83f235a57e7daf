import { expect, it } from 'vitest';
import { KubernetesObject } from '../../../../../policies/kubernetes/object.ts';
import { podSecurityRules } from '../../../../../policies/rules/podSecurity/podSecurityRules.ts';
import { findingsOf } from '../../../../support/problemsOf.ts';
import { templatePaths, workloadOfKind } from './workloadPods.ts';

const appArmorAnnotation = 'container.apparmor.security.beta.kubernetes.io/shop';
const everywhere = { privileged: true, procMount: 'Unmasked', runAsUser: 0, seccompProfile: { type: 'Unconfined' } };
const container = (name: string) => ({
  name,
  securityContext: { ...everywhere, capabilities: { add: ['SYS_ADMIN'] } },
});
const template = {
  metadata: { annotations: { [appArmorAnnotation]: 'unconfined' } },
  spec: {
    hostPID: true,
    securityContext: { runAsNonRoot: false, runAsUser: 0, sysctls: [{ name: 'kernel.msgmax', value: '1' }] },
    volumes: [{ name: 'data', hostPath: { path: '/' } }],
    initContainers: [container('prepare'), { ...container('proxy'), restartPolicy: 'Always' }],
    containers: [container('shop')],
    ephemeralContainers: [container('debug')],
  },
};
const containers = ['initContainers[0]', 'initContainers[1]', 'containers[0]', 'ephemeralContainers[0]'];

it.each(templatePaths)('every control looks at the pods of a %s', (kind, at) => {
  const object = workloadOfKind(kind, template);
  const found = podSecurityRules.flatMap((rule) => findingsOf(rule, [object]).map(({ path }) => path));
  const ofEach = [
    'privileged',
    'procMount',
    'runAsUser',
    'seccompProfile.type',
    'seccompProfile.type',
    'capabilities.add[0]',
    'capabilities.add[0]',
    'capabilities.drop',
    'allowPrivilegeEscalation',
  ].flatMap((field) => containers.map((list) => `${at}spec.${list}.securityContext.${field}`));
  const ofPod = [
    'hostPID',
    'volumes[0].hostPath',
    'volumes[0].hostPath',
    'securityContext.sysctls[0].name',
    'securityContext.runAsNonRoot',
    'securityContext.runAsUser',
  ].map((field) => `${at}spec.${field}`);
  expect([...found].sort()).toEqual([...ofEach, ...ofPod, `${at}metadata.annotations["${appArmorAnnotation}"]`].sort());
});

it('no control looks at an object that makes no pods', () => {
  const widget = new KubernetesObject('v1', 'Widget', { spec: { template } }, { file: 'shop.yaml', line: 1 }, 'shop');
  expect(podSecurityRules.flatMap((rule) => findingsOf(rule, [widget]))).toEqual([]);
});
