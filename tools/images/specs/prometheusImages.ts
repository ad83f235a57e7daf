import type { ImageSpec, LayerSource } from '../imageSpec.ts';
import { debianBase } from './debianBase.ts';

// Half of all that Debian installs: libraries of pages that nobody looks at.
const PAGES = [/^usr\/share\/(?:javascript|nodejs)(?:\/|$)/];
const NOBODY = { userId: 65534, groupId: 65534 };

/**
 * Debian's Prometheus, started and placed as in the official image, with `promtool` beside it. Its API is complete, its
 * pages are not.
 *
 * @param partDirectory - Directory of the part `prometheus-rootfs`.
 */
export function prometheusImage(partDirectory: string): ImageSpec {
  return serverImage(partDirectory, {
    reference: 'quay.io/prometheus/prometheus:v2.42.0',
    name: 'prometheus',
    dataOption: '--storage.tsdb.path',
    port: 9090,
    programs: [],
  });
}

/**
 * Debian's Alertmanager, started and placed as in the official image, with `amtool` beside it.
 *
 * @param partDirectory - Directory of the part `prometheus-rootfs`.
 */
export function alertmanagerImage(partDirectory: string): ImageSpec {
  return serverImage(partDirectory, {
    reference: 'quay.io/prometheus/alertmanager:v0.25.0',
    name: 'alertmanager',
    dataOption: '--storage.path',
    port: 9093,
    programs: [{ kind: 'link', target: 'usr/bin/alertmanager', linkTarget: 'prometheus-alertmanager' }],
  });
}

interface Server {
  readonly reference: string;
  /** Of the program in `/bin`, of the configuration file and its directory, and of the data directory. */
  readonly name: string;
  readonly dataOption: string;
  readonly port: number;
  /** What makes Debian's programs those of the official image. */
  readonly programs: readonly LayerSource[];
}

function serverImage(partDirectory: string, { reference, name, dataOption, port, programs }: Server): ImageSpec {
  return {
    reference,
    layers: [
      debianBase(partDirectory, PAGES),
      { kind: 'files', sources: [...programs, { kind: 'emptyDirectory', target: name, mode: 0o755, owner: NOBODY }] },
    ],
    config: {
      user: 'nobody',
      entrypoint: [`/bin/${name}`],
      command: [`--config.file=/etc/${name}/${name}.yml`, `${dataOption}=/${name}`],
      workingDirectory: `/${name}`,
      environment: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
      exposedPorts: [`${port}/tcp`],
    },
  };
}
