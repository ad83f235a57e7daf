/** A Go module that holds manifests, as the module proxy has it. */
export interface ManifestModule {
  readonly module: string;
  readonly version: string;
  /** Of its files, as `go.sum` has it. */
  readonly sum: string;
  /** Paths in it, each with what lies below it. */
  readonly sets: readonly ManifestPaths[];
}

/** Manifests of a module that go together: objects of one set may refer to each other. */
export interface ManifestPaths {
  /** A file, or a directory with all YAML files below it. */
  readonly path: string;
  /** Whether each file below it stands alone. @defaultValue false */
  readonly eachFile?: boolean;
}

/**
 * Public manifests that need no rendering: of projects that many deploy, of the systems' own examples, of Kubernetes' tests of Pod
 * Security, and those by which kube-score tests itself.
 */
export const manifestModules: readonly ManifestModule[] = [
  {
    module: 'github.com/argoproj/argo-cd/v3',
    version: 'v3.4.4',
    sum: 'h1:PmYfvrLRecuOXjoUjBVx0nRwtJv/Wc9a3jaWs37EyyI=',
    sets: [{ path: 'manifests/install.yaml' }, { path: 'manifests/ha/install.yaml' }],
  },
  {
    module: 'github.com/open-policy-agent/gatekeeper/v3',
    version: 'v3.23.1',
    sum: 'h1:njHTm0SJ6ZEhhEgmQTpJKTGQbc99fSs4hGiEp1OIKck=',
    sets: [{ path: 'deploy' }],
  },
  {
    module: 'github.com/projectcontour/contour',
    version: 'v1.33.8',
    sum: 'h1:QoOfwqWws+CVRFpsRC2+f1DmB5IdurtyUtepIsiWfE0=',
    sets: [
      { path: 'examples/render', eachFile: true },
      { path: 'examples/example-workload', eachFile: true },
      { path: 'examples/global-external-auth' },
      { path: 'examples/ratelimit' },
      { path: 'examples/tracing' },
    ],
  },
  {
    module: 'github.com/zegl/kube-score',
    version: 'v1.20.0',
    sum: 'h1:J1VqK86SunV4Gg8emPTmwUVxe0rmXnAs5K9ZUbGMKR8=',
    sets: [{ path: 'score/testdata', eachFile: true }],
  },
  {
    module: 'go.universe.tf/metallb',
    version: 'v0.16.2',
    sum: 'h1:RCSAGoZmqcvTg0e56+Okbwz8iTuQVX30JpKX5mYEPUM=',
    sets: [{ path: 'config/manifests', eachFile: true }],
  },
  {
    module: 'istio.io/istio',
    version: 'v0.0.0-20260827124520-eed52ebb66ad',
    sum: 'h1:ui9TJjRMAV/hb5ehQaZDq7IUGxuQP6dra9lapT/VjHI=',
    sets: [
      { path: 'samples/addons', eachFile: true },
      { path: 'samples/bookinfo/platform/kube', eachFile: true },
      { path: 'samples/curl' },
      { path: 'samples/helloworld' },
      { path: 'samples/httpbin', eachFile: true },
      { path: 'samples/jwt-server' },
      { path: 'samples/open-telemetry' },
      { path: 'samples/ratelimit' },
      { path: 'samples/tcp-echo', eachFile: true },
      { path: 'samples/websockets' },
    ],
  },
  {
    module: 'k8s.io/kubernetes',
    version: 'v1.34.4',
    sum: 'h1:Yy6R4QB8C9kJPp25GFqEvX5XQwY5qzKeqD0Xx6oAcmk=',
    sets: [
      { path: 'cluster/addons', eachFile: true },
      { path: 'test/e2e/testing-manifests', eachFile: true },
    ],
  },
  {
    module: 'k8s.io/pod-security-admission',
    version: 'v0.34.4',
    sum: 'h1:p0mjfXZHtknqO+imC4/jz9XOSxLB8B/sWnxMYAcNyao=',
    sets: [
      { path: 'test/testdata/baseline/v1.34', eachFile: true },
      { path: 'test/testdata/restricted/v1.34', eachFile: true },
    ],
  },
  {
    module: 'knative.dev/serving',
    version: 'v0.51.0',
    sum: 'h1:yN2Q7eYqJgoPfZkATjoBZyGbZ2P1Qhns9HIMU4mF+to=',
    sets: [
      { path: 'config/core' },
      { path: 'config/hpa-autoscaling' },
      { path: 'config/post-install' },
      { path: 'third_party', eachFile: true },
    ],
  },
];
