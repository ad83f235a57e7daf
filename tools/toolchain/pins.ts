/** Kubernetes, and the agents compiled in one build list with it. The modules' versions are in `parts/kubernetes/go.mod`. */
export const kubernetesPin = { version: 'v1.34.4', major: '1', minor: '34', kubeRouter: 'v2.2.1' };

export const jaegerPin = { version: 'v1.50.0' };

/**
 * The engine. From 3.169 it starts Node policy packs through a call that language host v3.66.0 lacks, and later hosts are
 * not in the sdk module any more; v3.160.0 works with `@pulumi/pulumi` 3.250 and `@pulumi/policy` 1.21.
 */
export const pulumiPin = { version: 'v3.160.0' };

/** The last release whose language host lies inside the sdk module. */
export const pulumiNodejsPin = { version: 'v3.66.0' };

export const pulumiKubernetesPin = { version: 'v4.0.0-20260115033456-f47bc2d6f199' };

/**
 * Versions of a user's own Pulumi CLI that are accepted: from the one that this program was tried with, up to the next
 * major version, whose plugin protocol may differ.
 */
export const pulumiSupportedRange = '>=3.160.0 <4.0.0';

const elasticsearchArtifact = 'org.elasticsearch.distribution.integ-test-zip:elasticsearch';
const opensearchArtifact = 'org.opensearch.distribution.integ-test-zip:opensearch';
const mavenPlugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1';

/**
 * The server as Maven Central has it, with x-pack's core and security (TLS, users) and nothing else of x-pack; the checksum
 * is of the zip, as below.
 */
export const elasticsearchPin = {
  version: '7.17.10',
  artifact: `${elasticsearchArtifact}:7.17.10:zip`,
  sha512:
    'ace217b36e3e73ca42e3c26e47345a2b88a2f247bed011432491b73d6cd4d3267ab75770b9f633871b1051619df6ea2b44cc58f600f271031d9ff60aa82cb269',
  mavenPlugin,
};

/** Of the same kind. 8.7 is among the last that answer `GET /` with their version: 8.11 has that in a module which the zip lacks. */
export const elasticsearch8Pin = {
  version: '8.7.1',
  artifact: `${elasticsearchArtifact}:8.7.1:zip`,
  sha512:
    '2dcb4d0212737c4d5d881c83c10c83c1894da395165166a77cc8ae3d1935d73e4d877d51f9286d61e002f9412af2c5befc291f77957b0a270302608e772691ef',
  mavenPlugin,
};

/** The server alone: OpenSearch's security is a plugin, which Maven Central does not have. */
export const opensearch1Pin = {
  version: '1.3.14',
  artifact: `${opensearchArtifact}:1.3.14:zip`,
  sha512:
    '9b9c61a3cc3643d309db5786de43be40ae0704dd985db966cf8d771c78199b2b79638225bfc25e4d1a9342261b154f50405cddfb1eae7aa502dbdc3d8fe65ad1',
  mavenPlugin,
};

export const opensearch2Pin = {
  version: '2.11.0',
  artifact: `${opensearchArtifact}:2.11.0:zip`,
  sha512:
    'ccabe5b3758fe004322a14ceae8ea89c93a089b5f926967f32a6ceebedc9ea3747fff0763eccbb6ac807b3ad829fc9c4f10ba6cff7d11cccebdf1bd14ecc77d1',
  mavenPlugin,
};

/** The newest line that Jaeger's client is known to speak with. The jars and their checksums are in `parts/kafka`. */
export const kafkaPin = { version: '3.9.1', mavenPlugin };

/** Debian's archive drops old versions, so that the pin is the suite and the list; what was installed is in `packages.txt`. */
export const debianSuite = 'bookworm';

export const nodeRootfsPackages = [
  'ca-certificates',
  'catatonit',
  'conntrack',
  'containerd',
  'containernetworking-plugins',
  'etcd-server',
  'iproute2',
  'ipset',
  'iptables',
  'kmod',
  'mount',
  'procps',
  'runc',
  'runit',
  'util-linux',
];

export const serversRootfsPackages = [
  'ca-certificates',
  'curl',
  'libstdc++6',
  'openjdk-17-jre-headless',
  'postgresql-15',
  'redis-server',
];

/** What stands before Elasticsearch in tests: TLS, passwords, another version in an answer (`sub_filter`). */
export const nginxRootfsPackages = ['nginx'];

/** The one client at hand that writes Zipkin's version 1 as JSON. */
export const zipkinClientPackages = ['python3-py-zipkin'];

/** What scrapes and is alerted in tests, with `promtool` and `amtool`. The suite has 2.42.0 and 0.25.0. */
export const prometheusRootfsPackages = ['prometheus', 'prometheus-alertmanager'];

/** Jaeger's own gRPC client, of the version that is deployed; the other clients' versions are in `parts/trace-clients/go.mod`. */
export const traceClientsPin = { version: jaegerPin.version };

/**
 * oauth2-proxy, and Dex, compiled in one build list with it. Dex' releases are no versions to Go, whose module path lacks
 * the `/v2`: `parts/oidc/go.mod` names the release's commit.
 */
export const oidcPin = { version: 'v7.15.4', dex: 'v2.45.1' };

/** The newest Ingress controller of this name whose every module the proxy has: 3.7 needs some that it lacks. */
export const traefikPin = { version: 'v3.6.12' };

/**
 * A version that works with the Kubernetes modules of the cluster: its go.mod names the same versions as that of the part
 * `kubernetes`, so that the compiler finds nearly all of it in its cache (18 s of processor time in place of some 400).
 */
export const metricsServerPin = { version: 'v0.8.0' };

/** Whose kinds PodMonitor, ServiceMonitor and PrometheusRule are; the operator itself runs nowhere here. */
export const prometheusOperatorPin = { version: 'v0.85.0' };

/** Whose findings those of the policy pack are measured against. */
export const kubeScorePin = { version: 'v1.20.0' };
