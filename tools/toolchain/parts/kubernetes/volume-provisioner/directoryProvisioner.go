package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v13/controller"
)

// directoryProvisioner makes a volume a directory of its own directly under root.
type directoryProvisioner struct {
	root string
	node string
}

// Provision creates the directory and describes it as a local volume bound to this node. Asked
// again for the same volume it finds the directory and gives the same answer.
func (p directoryProvisioner) Provision(_ context.Context, options controller.ProvisionOptions) (*v1.PersistentVolume, controller.ProvisioningState, error) {
	if options.SelectedNodeName != "" && options.SelectedNodeName != p.node {
		return nil, controller.ProvisioningFinished, &controller.IgnoredError{
			Reason: fmt.Sprintf("the pod was scheduled to node %q, this is node %q", options.SelectedNodeName, p.node),
		}
	}
	if options.PVC.Spec.Selector != nil {
		return nil, controller.ProvisioningFinished, errors.New("spec.selector is not supported: a new directory has no labels")
	}
	if mode := options.PVC.Spec.VolumeMode; mode != nil && *mode != v1.PersistentVolumeFilesystem {
		return nil, controller.ProvisioningFinished, fmt.Errorf("volumeMode %q is not supported: only Filesystem is", *mode)
	}
	path, err := p.path(options.PVName)
	if err != nil {
		return nil, controller.ProvisioningFinished, err
	}
	if err := makeVolumeDirectory(path); err != nil {
		return nil, controller.ProvisioningFinished, err
	}
	return p.volume(options, path), controller.ProvisioningFinished, nil
}

// Delete removes the directory and all in it; a directory that is already gone is success.
func (p directoryProvisioner) Delete(_ context.Context, volume *v1.PersistentVolume) error {
	path, err := p.path(volume.Name)
	if err != nil {
		return err
	}
	if volume.Spec.Local == nil || volume.Spec.Local.Path != path {
		return &controller.IgnoredError{Reason: fmt.Sprintf("volume %q is not the directory %s", volume.Name, path)}
	}
	return os.RemoveAll(path)
}

// path refuses every name that would not be a direct child of root.
func (p directoryProvisioner) path(name string) (string, error) {
	if !filepath.IsLocal(name) || name == "." || strings.ContainsRune(name, filepath.Separator) {
		return "", fmt.Errorf("volume name %q is not a single directory name", name)
	}
	return filepath.Join(p.root, name), nil
}

// makeVolumeDirectory leaves the directory to root and its group, as a fresh disk is: the kubelet
// hands it to the pod's fsGroup. Mkdir's mode passes through the umask, hence the chmod.
func makeVolumeDirectory(path string) error {
	err := os.Mkdir(path, 0o770)
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return os.Chmod(path, 0o770)
}

func (p directoryProvisioner) volume(options controller.ProvisionOptions, path string) *v1.PersistentVolume {
	return &v1.PersistentVolume{
		ObjectMeta: metav1.ObjectMeta{Name: options.PVName},
		Spec: v1.PersistentVolumeSpec{
			PersistentVolumeReclaimPolicy: *options.StorageClass.ReclaimPolicy,
			AccessModes:                   options.PVC.Spec.AccessModes,
			Capacity:                      v1.ResourceList{v1.ResourceStorage: options.PVC.Spec.Resources.Requests[v1.ResourceStorage]},
			PersistentVolumeSource:        v1.PersistentVolumeSource{Local: &v1.LocalVolumeSource{Path: path}},
			NodeAffinity: &v1.VolumeNodeAffinity{Required: &v1.NodeSelector{NodeSelectorTerms: []v1.NodeSelectorTerm{{
				MatchExpressions: []v1.NodeSelectorRequirement{{
					Key: v1.LabelHostname, Operator: v1.NodeSelectorOpIn, Values: []string{p.node},
				}},
			}}}},
		},
	}
}
