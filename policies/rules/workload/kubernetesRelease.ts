/** The parameter that says which Kubernetes an object is for. */
export const kubernetesRelease = {
  type: 'integer',
  description: 'The minor release of Kubernetes 1 that the cluster runs, or will run next: 34 for 1.34.',
  default: 34,
  minimum: 0,
} as const;
