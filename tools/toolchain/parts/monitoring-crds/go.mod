module tracewright.dev/toolchain/monitoring-crds

go 1.24.0

// Files of it are taken; nothing is compiled.
require github.com/prometheus-operator/prometheus-operator v0.85.0
