/** A version of an API that Kubernetes has taken back, or has said to. Releases are minor ones of Kubernetes 1. */
export interface RetiredApiVersion {
  readonly deprecatedIn: number;
  /** Missing where it is to stay. */
  readonly removedIn?: number;
  /** What to write instead. */
  readonly instead: string;
}

type Row = readonly [
  apiVersion: string,
  kinds: string,
  deprecatedIn: number,
  removedIn: number | undefined,
  instead: string,
];

const admission = 'admissionregistration.k8s.io';
const flowControl = 'flowcontrol.apiserver.k8s.io';

// The lifecycle of each type as k8s.io/api, k8s.io/apiextensions-apiserver and k8s.io/kube-aggregator of 0.34 declare it
// (zz_generated.prerelease-lifecycle.go); kinds that are gone from there, and Endpoints, from the deprecation guide.
const rows: readonly Row[] = [
  ['v1', 'ComponentStatus', 19, undefined, 'the health endpoints of the components'],
  ['v1', 'Endpoints', 33, undefined, 'apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice"'],
  [`${admission}/v1alpha1`, 'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding', 35, 38, `${admission}/v1beta1`],
  [`${admission}/v1alpha1`, 'ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding', 29, 32, `${admission}/v1`],
  [`${admission}/v1beta1`, 'MutatingWebhookConfiguration ValidatingWebhookConfiguration', 16, 22, `${admission}/v1`],
  [`${admission}/v1beta1`, 'ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding', 31, 34, `${admission}/v1`],
  ['apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', 16, 22, 'apiextensions.k8s.io/v1'],
  ['apiregistration.k8s.io/v1beta1', 'APIService', 19, 22, 'apiregistration.k8s.io/v1'],
  ['apps/v1beta1', 'ControllerRevision Deployment ReplicaSet StatefulSet', 8, 16, 'apps/v1'],
  ['apps/v1beta2', 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet', 9, 16, 'apps/v1'],
  ['authentication.k8s.io/v1beta1', 'TokenReview', 19, 22, 'authentication.k8s.io/v1'],
  ['authentication.k8s.io/v1beta1', 'SelfSubjectReview', 30, 33, 'authentication.k8s.io/v1'],
  [
    'authorization.k8s.io/v1beta1',
    'LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview',
    19,
    22,
    'authorization.k8s.io/v1',
  ],
  ['autoscaling/v2beta1', 'HorizontalPodAutoscaler', 22, 25, 'autoscaling/v2'],
  ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', 23, 26, 'autoscaling/v2'],
  ['batch/v1beta1', 'CronJob', 21, 25, 'batch/v1'],
  ['batch/v2alpha1', 'CronJob', 8, 21, 'batch/v1'],
  ['certificates.k8s.io/v1beta1', 'CertificateSigningRequest', 19, 22, 'certificates.k8s.io/v1'],
  ['certificates.k8s.io/v1alpha1', 'ClusterTrustBundle', 34, 37, 'certificates.k8s.io/v1beta1'],
  ['coordination.k8s.io/v1beta1', 'Lease', 19, 22, 'coordination.k8s.io/v1'],
  ['discovery.k8s.io/v1beta1', 'EndpointSlice', 21, 25, 'discovery.k8s.io/v1'],
  ['events.k8s.io/v1beta1', 'Event', 22, 25, 'events.k8s.io/v1'],
  ['extensions/v1beta1', 'DaemonSet Deployment ReplicaSet', 8, 16, 'apps/v1'],
  ['extensions/v1beta1', 'Ingress', 14, 22, 'networking.k8s.io/v1'],
  ['extensions/v1beta1', 'NetworkPolicy', 9, 16, 'networking.k8s.io/v1'],
  ['extensions/v1beta1', 'PodSecurityPolicy', 10, 16, 'the label pod-security.kubernetes.io/enforce of a Namespace'],
  [`${flowControl}/v1beta1`, 'FlowSchema PriorityLevelConfiguration', 23, 26, `${flowControl}/v1`],
  [`${flowControl}/v1beta2`, 'FlowSchema PriorityLevelConfiguration', 26, 29, `${flowControl}/v1`],
  [`${flowControl}/v1beta3`, 'FlowSchema PriorityLevelConfiguration', 29, 32, `${flowControl}/v1`],
  ['networking.k8s.io/v1beta1', 'Ingress IngressClass', 19, 22, 'networking.k8s.io/v1'],
  ['networking.k8s.io/v1beta1', 'IPAddress ServiceCIDR', 34, 37, 'networking.k8s.io/v1'],
  ['node.k8s.io/v1beta1', 'RuntimeClass', 22, 25, 'node.k8s.io/v1'],
  ['policy/v1beta1', 'PodDisruptionBudget', 21, 25, 'policy/v1'],
  ['policy/v1beta1', 'PodSecurityPolicy', 21, 25, 'the label pod-security.kubernetes.io/enforce of a Namespace'],
  [
    'rbac.authorization.k8s.io/v1alpha1',
    'ClusterRole ClusterRoleBinding Role RoleBinding',
    17,
    22,
    'rbac.authorization.k8s.io/v1',
  ],
  [
    'rbac.authorization.k8s.io/v1beta1',
    'ClusterRole ClusterRoleBinding Role RoleBinding',
    17,
    22,
    'rbac.authorization.k8s.io/v1',
  ],
  [
    'resource.k8s.io/v1beta1',
    'DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice',
    35,
    38,
    'resource.k8s.io/v1',
  ],
  [
    'resource.k8s.io/v1beta2',
    'DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice',
    36,
    39,
    'resource.k8s.io/v1',
  ],
  ['scheduling.k8s.io/v1beta1', 'PriorityClass', 14, 22, 'scheduling.k8s.io/v1'],
  ['storage.k8s.io/v1alpha1', 'CSIStorageCapacity VolumeAttachment', 21, 24, 'storage.k8s.io/v1'],
  ['storage.k8s.io/v1alpha1', 'VolumeAttributesClass', 32, 35, 'storage.k8s.io/v1'],
  ['storage.k8s.io/v1beta1', 'CSINode', 17, 22, 'storage.k8s.io/v1'],
  ['storage.k8s.io/v1beta1', 'CSIDriver StorageClass VolumeAttachment', 19, 22, 'storage.k8s.io/v1'],
  ['storage.k8s.io/v1beta1', 'CSIStorageCapacity', 24, 27, 'storage.k8s.io/v1'],
  ['storage.k8s.io/v1beta1', 'VolumeAttributesClass', 34, 37, 'storage.k8s.io/v1'],
];

const byVersionAndKind: ReadonlyMap<string, RetiredApiVersion> = new Map(
  rows.flatMap(([apiVersion, kinds, deprecatedIn, removedIn, instead]) =>
    kinds
      .split(' ')
      .map((kind): [string, RetiredApiVersion] => [
        `${apiVersion} ${kind}`,
        { deprecatedIn, ...(removedIn === undefined ? {} : { removedIn }), instead: asFix(instead) },
      ]),
  ),
);

/** What became of a version of an API; `undefined` for one that is in use, or that is not of Kubernetes itself. */
export function retiredApiVersion(apiVersion: string, kind: string): RetiredApiVersion | undefined {
  return byVersionAndKind.get(`${apiVersion} ${kind}`);
}

function asFix(instead: string): string {
  return /^[\w.]+\/v\w+$/.test(instead) ? `apiVersion: "${instead}"` : instead;
}
