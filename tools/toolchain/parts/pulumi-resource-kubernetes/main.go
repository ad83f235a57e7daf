// Command pulumi-resource-kubernetes is Pulumi's Kubernetes provider. Its module's own main embeds
// a generated file that the module lacks, so this one reads the module's schema from beside the
// binary, where the toolchain copies it.
package main

import (
	"log"
	"os"
	"path/filepath"

	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version"
)

func main() {
	executable, err := os.Executable()
	if err != nil {
		log.Fatalf("pulumi-resource-kubernetes: cannot find its own path: %v", err)
	}
	schema, err := os.ReadFile(filepath.Join(filepath.Dir(executable), "schema.json"))
	if err != nil {
		log.Fatalf("pulumi-resource-kubernetes: cannot read its schema: %v", err)
	}
	provider.Serve("kubernetes", version.Version, schema, []byte("{}"))
}
