import { debianPart } from './debianPart.ts';
import { goPart } from './goPart.ts';
import { mavenJarsPart } from './mavenJarsPart.ts';
import { mavenPart } from './mavenPart.ts';
import type { PartDefinition, PartGroup, PartName } from './part.ts';
import {
  debianSuite,
  elasticsearch8Pin,
  elasticsearchPin,
  jaegerPin,
  kafkaPin,
  kubeScorePin,
  kubernetesPin,
  metricsServerPin,
  nginxRootfsPackages,
  nodeRootfsPackages,
  oidcPin,
  opensearch1Pin,
  opensearch2Pin,
  pulumiKubernetesPin,
  pulumiNodejsPin,
  prometheusOperatorPin,
  prometheusRootfsPackages,
  pulumiPin,
  serversRootfsPackages,
  traceClientsPin,
  traefikPin,
  zipkinClientPackages,
} from './pins.ts';

const pulumiVersionVariable = 'github.com/pulumi/pulumi/sdk/v3/go/common/version.Version';

/**
 * Every part, in the order in which they are built: what the cluster waits for first, the provider (needed last, and the
 * longest to compile after Kubernetes) last of what `up` needs; then what only tests do.
 */
export function createPartDefinitions(): readonly PartDefinition[] {
  return [
    kubernetes(),
    nodeRootfs(),
    jaeger(),
    serversRootfs(),
    mavenPart({ name: 'elasticsearch', group: 'images', diskMebibytes: 250, ...elasticsearchPin }),
    mavenJarsPart({ name: 'kafka', group: 'streaming', diskMebibytes: 200, ...kafkaPin }),
    ...engine(),
    ...tests(),
    kubeScore(),
  ];
}

/** The names of a group's parts, in the order in which they are built. */
export function partsOf(group: PartGroup): readonly PartName[] {
  return createPartDefinitions()
    .filter((part) => part.group === group)
    .map(({ name }) => name);
}

function kubernetes(): PartDefinition {
  const versionPackage = 'k8s.io/component-base/version';
  const command = 'k8s.io/kubernetes/cmd';
  const kubeRouter = 'github.com/cloudnativelabs/kube-router/v2';
  return goPart({
    name: 'kubernetes',
    version: kubernetesPin.version,
    group: 'cluster',
    diskMebibytes: 5000,
    packages: [
      ...['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubelet', 'kube-proxy'].map(
        (name) => `${command}/${name}`,
      ),
      `${kubeRouter}/cmd/kube-router`,
      './coredns',
      './volume-provisioner',
    ],
    // The apiserver refuses to start without a real version: it decides by it which features exist.
    variables: {
      [`${versionPackage}.gitVersion`]: kubernetesPin.version,
      [`${versionPackage}.gitMajor`]: kubernetesPin.major,
      [`${versionPackage}.gitMinor`]: kubernetesPin.minor,
      [`${kubeRouter}/pkg/version.Version`]: kubernetesPin.kubeRouter,
    },
  });
}

function nodeRootfs(): PartDefinition {
  return debianPart({
    name: 'node-rootfs',
    group: 'cluster',
    suite: debianSuite,
    packages: nodeRootfsPackages,
    output: 'rootfs',
    hooks: [],
    diskMebibytes: 700,
  });
}

function jaeger(): PartDefinition {
  const version = 'github.com/jaegertracing/jaeger/pkg/version';
  const programs = ['agent', 'collector', 'ingester', 'query', 'es-index-cleaner'];
  return goPart({
    name: 'jaeger',
    version: jaegerPin.version,
    group: 'images',
    diskMebibytes: 900,
    packages: programs.map((name) => `github.com/jaegertracing/jaeger/cmd/${name}`),
    renames: Object.fromEntries(programs.map((name) => [name, `jaeger-${name}`])),
    variables: { [`${version}.latestVersion`]: jaegerPin.version },
  });
}

/** One root file system for the images that need a libc: Elasticsearch's and Kafka's (a JRE), PostgreSQL's, Redis' and curl's. */
function serversRootfs(): PartDefinition {
  return debianPart({
    name: 'servers-rootfs',
    group: 'images',
    suite: debianSuite,
    packages: serversRootfsPackages,
    output: 'rootfs.tar',
    hooks: [
      // The package would make a database cluster of 40 MB that no container uses.
      {
        stage: 'essential',
        script:
          'mkdir -p "$1/etc/postgresql-common" && echo "create_main_cluster = false" > "$1/etc/postgresql-common/createcluster.conf"',
      },
      // The official images' user ids, which manifests name: 999 for PostgreSQL and Redis, 1000 for Elasticsearch.
      {
        stage: 'customize',
        script:
          'chroot "$1" groupmod --non-unique --gid 999 postgres && chroot "$1" usermod --non-unique --uid 999 --gid 999 postgres',
      },
      {
        stage: 'customize',
        script:
          'chroot "$1" groupadd --gid 1000 elasticsearch && chroot "$1" useradd --uid 1000 --gid 1000 --home-dir /usr/share/elasticsearch --no-create-home elasticsearch',
      },
      { stage: 'customize', script: 'rm -f "$1/etc/ssl/private/ssl-cert-snakeoil.key"' },
    ],
    diskMebibytes: 1500,
  });
}

function engine(): readonly PartDefinition[] {
  const sdk = 'github.com/pulumi/pulumi/sdk/v3';
  const provider = 'github.com/pulumi/pulumi-kubernetes/provider/v4';
  return [
    goPart({
      name: 'pulumi',
      version: pulumiPin.version,
      group: 'engine',
      diskMebibytes: 2400,
      packages: ['github.com/pulumi/pulumi/pkg/v3/cmd/pulumi'],
      variables: { [pulumiVersionVariable]: pulumiPin.version },
    }),
    goPart({
      name: 'pulumi-language-nodejs',
      version: pulumiNodejsPin.version,
      group: 'engine',
      diskMebibytes: 400,
      packages: [`${sdk}/nodejs/cmd/pulumi-language-nodejs`],
      variables: { [pulumiVersionVariable]: pulumiNodejsPin.version },
      moduleFiles: ['pulumi-analyzer-policy', 'pulumi-resource-pulumi-nodejs'].map((name) => ({
        module: sdk,
        path: `nodejs/dist/${name}`,
        mode: 0o755,
      })),
    }),
    goPart({
      name: 'pulumi-resource-kubernetes',
      version: pulumiKubernetesPin.version,
      group: 'engine',
      diskMebibytes: 4500,
      packages: ['.'],
      variables: { [`${provider}/pkg/version.Version`]: pulumiKubernetesPin.version },
      moduleFiles: [{ module: provider, path: 'cmd/pulumi-resource-kubernetes/schema.json', mode: 0o644 }],
    }),
  ];
}

/** What `testImages` are made of, and what the policy pack is measured against. */
function tests(): readonly PartDefinition[] {
  return [
    debianPart({
      name: 'nginx-rootfs',
      group: 'tests',
      suite: debianSuite,
      packages: nginxRootfsPackages,
      output: 'rootfs.tar',
      hooks: [],
      diskMebibytes: 700,
    }),
    debianPart({
      name: 'zipkin-client-rootfs',
      group: 'tests',
      suite: debianSuite,
      packages: zipkinClientPackages,
      output: 'rootfs.tar',
      hooks: [],
      diskMebibytes: 700,
    }),
    debianPart({
      name: 'prometheus-rootfs',
      group: 'tests',
      suite: debianSuite,
      packages: prometheusRootfsPackages,
      output: 'rootfs.tar',
      hooks: [],
      diskMebibytes: 900,
    }),
    goPart({
      name: 'trace-clients',
      version: traceClientsPin.version,
      group: 'tests',
      diskMebibytes: 500,
      packages: ['.', './span-load', './steady-load'],
      variables: {},
    }),
    oidc(),
    traefik(),
    metricsServer(),
    monitoringCrds(),
    mavenPart({ name: 'elasticsearch-8', group: 'tests', diskMebibytes: 350, ...elasticsearch8Pin }),
    mavenPart({ name: 'opensearch-1', group: 'tests', diskMebibytes: 250, ...opensearch1Pin }),
    mavenPart({ name: 'opensearch-2', group: 'tests', diskMebibytes: 250, ...opensearch2Pin }),
  ];
}

/** What asks a browser's user to sign in, and what the user signs in at. */
function oidc(): PartDefinition {
  const proxy = 'github.com/oauth2-proxy/oauth2-proxy/v7';
  return goPart({
    name: 'oidc',
    version: oidcPin.version,
    group: 'tests',
    diskMebibytes: 1500,
    packages: [proxy, 'github.com/dexidp/dex/cmd/dex'],
    // The only program with a `main.version` is Dex.
    variables: { [`${proxy}/pkg/version.VERSION`]: oidcPin.version, 'main.version': oidcPin.dex },
  });
}

function traefik(): PartDefinition {
  const module = 'github.com/traefik/traefik/v3';
  return goPart({
    name: 'traefik',
    version: traefikPin.version,
    group: 'tests',
    diskMebibytes: 5500,
    packages: [`${module}/cmd/traefik`],
    variables: { [`${module}/pkg/version.Version`]: traefikPin.version },
  });
}

function metricsServer(): PartDefinition {
  return goPart({
    name: 'metrics-server',
    version: metricsServerPin.version,
    group: 'tests',
    diskMebibytes: 1900,
    packages: ['sigs.k8s.io/metrics-server/cmd/metrics-server'],
    variables: { 'k8s.io/client-go/pkg/version.gitVersion': metricsServerPin.version },
  });
}

/** The definitions of the Prometheus operator's kinds, one file each, for an apiserver. */
function monitoringCrds(): PartDefinition {
  return goPart({
    name: 'monitoring-crds',
    version: prometheusOperatorPin.version,
    group: 'tests',
    diskMebibytes: 100,
    packages: [],
    variables: {},
    moduleFiles: ['podmonitors', 'prometheusrules', 'servicemonitors'].map((kinds) => ({
      module: 'github.com/prometheus-operator/prometheus-operator',
      path: `example/prometheus-operator-crd/monitoring.coreos.com_${kinds}.yaml`,
      mode: 0o644,
    })),
  });
}

/** `npm run bench -- policies` runs it on its own, in no image. */
function kubeScore(): PartDefinition {
  return goPart({
    name: 'kube-score',
    version: kubeScorePin.version,
    group: 'bench',
    diskMebibytes: 300,
    packages: ['github.com/zegl/kube-score/cmd/kube-score'],
    variables: {},
  });
}
