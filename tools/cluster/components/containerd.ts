import { configPath, type Component } from './component.ts';
import { PAUSE_REFERENCE } from '../../images/specs/pauseImage.ts';

/** Where the kubelet finds containerd. */
export const CONTAINERD_SOCKET = '/run/containerd/containerd.sock';

/** The container engine. */
export function containerd(): Component {
  return { name: 'containerd', command: ['/usr/bin/containerd', `--config=${configPath('containerd.toml')}`] };
}

/** Renders containerd's configuration. */
export function containerdConfig(): string {
  return `version = 2
root = "/var/lib/containerd"
state = "/run/containerd"
oom_score = 0
disabled_plugins = [
  "io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs",
  "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs",
  "io.containerd.internal.v1.opt", "io.containerd.tracing.processor.v1.otlp",
]

[grpc]
address = "${CONTAINERD_SOCKET}"

[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "${PAUSE_REFERENCE}"
# Without CAP_SYS_RESOURCE a process may not lower its score, and runc gives up.
restrict_oom_score_adj = true
enable_unprivileged_ports = true
enable_unprivileged_icmp = true

[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = "/usr/lib/cni"
conf_dir = "/srv/config/cni"

[plugins."io.containerd.grpc.v1.cri".containerd]
snapshotter = "overlayfs"
default_runtime_name = "runc"

[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"

[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
SystemdCgroup = false
`;
}
