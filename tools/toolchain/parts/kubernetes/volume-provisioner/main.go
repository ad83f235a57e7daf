// Command volume-provisioner gives claims of the storage class provisioner
// "tracewright.dev/local-directory" a directory of this node each, as a volume of type local.
package main

import (
	"context"
	"flag"
	"os/signal"
	"path/filepath"
	"syscall"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/klog/v2"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v13/controller"
)

const provisionerName = "tracewright.dev/local-directory"

func main() {
	kubeconfig := flag.String("kubeconfig", "", "path of the kubeconfig file (required)")
	node := flag.String("node", "", "name of the node that holds the directories (required)")
	directory := flag.String("directory", "", "absolute path under which volumes are created (required)")
	flag.Parse()
	if *kubeconfig == "" || *node == "" || !filepath.IsAbs(*directory) {
		klog.Exit("volume-provisioner: --kubeconfig, --node and an absolute --directory are required")
	}
	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		klog.Exitf("volume-provisioner: cannot read kubeconfig %s: %v", *kubeconfig, err)
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		klog.Exitf("volume-provisioner: cannot use kubeconfig %s: %v", *kubeconfig, err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	provisioner := directoryProvisioner{root: *directory, node: *node}
	controller.NewProvisionController(ctx, client, provisionerName, provisioner,
		controller.LeaderElection(false), // one node, one process
		controller.MetricsPort(0),
	).Run(ctx)
}
