import { describe, expect, it } from 'vitest';
import { deprecatedApiVersions } from '../../../../../policies/rules/workload/deprecatedApiVersions.ts';
import { removedApiVersions } from '../../../../../policies/rules/workload/removedApiVersions.ts';
import { problemsOf } from '../../../../support/problemsOf.ts';
import { declared, saidOf } from '../../support/declared.ts';

const isRemoved = (apiVersion: string, kind: string, kubernetesRelease = 34): boolean =>
  saidOf(removedApiVersions, declared(apiVersion, kind, {}), { kubernetesRelease }).length > 0;
const isDeprecated = (apiVersion: string, kind: string, kubernetesRelease = 34): boolean =>
  saidOf(deprecatedApiVersions, declared(apiVersion, kind, {}), { kubernetesRelease }).length > 0;

describe('removed-api-versions', () => {
  // The release in which the deprecation guide says that each is no longer served.
  it.each([
    ['extensions/v1beta1', 'Deployment', 16],
    ['extensions/v1beta1', 'NetworkPolicy', 16],
    ['extensions/v1beta1', 'Ingress', 22],
    ['apps/v1beta1', 'StatefulSet', 16],
    ['apps/v1beta2', 'DaemonSet', 16],
    ['networking.k8s.io/v1beta1', 'Ingress', 22],
    ['rbac.authorization.k8s.io/v1beta1', 'ClusterRole', 22],
    ['admissionregistration.k8s.io/v1beta1', 'MutatingWebhookConfiguration', 22],
    ['apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', 22],
    ['scheduling.k8s.io/v1beta1', 'PriorityClass', 22],
    ['storage.k8s.io/v1beta1', 'StorageClass', 22],
    ['batch/v1beta1', 'CronJob', 25],
    ['policy/v1beta1', 'PodDisruptionBudget', 25],
    ['policy/v1beta1', 'PodSecurityPolicy', 25],
    ['autoscaling/v2beta1', 'HorizontalPodAutoscaler', 25],
    ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', 26],
    ['storage.k8s.io/v1beta1', 'CSIStorageCapacity', 27],
    ['flowcontrol.apiserver.k8s.io/v1beta2', 'FlowSchema', 29],
    ['flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema', 32],
    ['admissionregistration.k8s.io/v1beta1', 'ValidatingAdmissionPolicy', 34],
    ['networking.k8s.io/v1beta1', 'ServiceCIDR', 37],
  ])('knows that %s %s is gone from 1.%s', (apiVersion, kind, release) => {
    expect([release - 1, release].map((one) => isRemoved(apiVersion, kind, one))).toEqual([false, true]);
    expect([release - 1, release].map((one) => isDeprecated(apiVersion, kind, one))).toEqual([true, false]);
  });

  it.each([
    ['apps/v1', 'Deployment'],
    ['batch/v1', 'CronJob'],
    ['policy/v1', 'PodDisruptionBudget'],
    ['v1', 'Service'],
    ['example.com/v1beta1', 'Ingress'],
    ['extensions/v1beta1', 'Widget'],
  ])('takes %s %s', (apiVersion, kind) => {
    expect([isRemoved(apiVersion, kind, 99), isDeprecated(apiVersion, kind, 99)]).toEqual([false, false]);
  });

  it('names what to write instead', () => {
    expect(problemsOf(removedApiVersions, [declared('batch/v1beta1', 'CronJob', {})])).toEqual([
      'CronJob/shop: apiVersion is "batch/v1beta1", which Kubernetes 1.25 and later do not serve for CronJob: it must be one that Kubernetes 1.34 serves. Fix: apiVersion: "batch/v1"',
    ]);
    expect(problemsOf(removedApiVersions, [declared('policy/v1beta1', 'PodSecurityPolicy', {})])).toEqual([
      expect.stringMatching(/Fix: the label pod-security\.kubernetes\.io\/enforce of a Namespace$/),
    ]);
  });
});

describe('deprecated-api-versions', () => {
  it('says since when, and until when', () => {
    const cidr = declared('networking.k8s.io/v1beta1', 'ServiceCIDR', {});
    expect(problemsOf(deprecatedApiVersions, [cidr])).toEqual([
      'ServiceCIDR/shop: apiVersion is "networking.k8s.io/v1beta1", which is deprecated for ServiceCIDR since Kubernetes 1.34, and which 1.37 serves no longer: it must be the newer one. Fix: apiVersion: "networking.k8s.io/v1"',
    ]);
    expect(isDeprecated('networking.k8s.io/v1beta1', 'ServiceCIDR', 33)).toBe(false);
  });

  it('knows what is to stay though it is deprecated', () => {
    expect(saidOf(deprecatedApiVersions, declared('v1', 'Endpoints', {}))).toEqual([
      'apiVersion is "v1", which is deprecated for Endpoints since Kubernetes 1.33: it must be the newer one',
    ]);
    expect(isRemoved('v1', 'Endpoints', 99)).toBe(false);
  });
});
