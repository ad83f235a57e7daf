// Command trace-clients sends one span by each of Jaeger's protocols, with client libraries that are not ours, to the
// addresses in a stack's outputs, which OUTPUTS holds as JSON.
//
// usage: trace-clients RUN CLIENT...
//
// RUN becomes part of every service's name, so that each span can be told from those of other runs. It prints one JSON
// object a span, and ends with 1 when a client could not send.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
)

// sender sends the span to the address that the outputs have for its protocol.
type sender func(outputs Outputs, span Span) error

var senders = map[string]sender{
	"udp-compact":        sendUDPCompact,
	"udp-binary":         sendUDPBinary,
	"udp-zipkin-compact": sendUDPZipkinCompact,
	"grpc":               sendGRPC,
	"thrift-http":        sendThriftHTTP,
	"zipkin-v1-thrift":   sendZipkinV1Thrift,
	"zipkin-v1-json":     sendZipkinV1JSON,
	"zipkin-v2-json":     sendZipkinV2JSON,
	"zipkin-v2-protobuf": sendZipkinV2Protobuf,
	"otlp-grpc":          sendOTLPGRPC,
	"otlp-http":          sendOTLPHTTP,
}

func main() {
	log.SetFlags(0)
	if len(os.Args) < 3 {
		log.Fatal("usage: trace-clients RUN CLIENT...")
	}
	outputs, err := readOutputs(os.Getenv("OUTPUTS"))
	if err != nil {
		log.Fatal(err)
	}
	failed := false
	for _, client := range os.Args[2:] {
		if err := sendWith(client, outputs, newSpan(client, os.Args[1])); err != nil {
			failed = true
			log.Printf("%s: %v", client, err)
		}
	}
	if failed {
		os.Exit(1)
	}
}

func sendWith(client string, outputs Outputs, span Span) error {
	send, known := senders[client]
	if !known {
		return fmt.Errorf("there is no such client")
	}
	if err := send(outputs, span); err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(span)
}
