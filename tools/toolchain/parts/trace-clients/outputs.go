package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strconv"
)

// Outputs is what is read of the stack's outputs (runtime/src/tracing/stackOutputs.ts).
type Outputs struct {
	Agent struct {
		Host              string `json:"host"`
		ThriftBinaryPort  int    `json:"thriftBinaryPort"`
		ThriftCompactPort int    `json:"thriftCompactPort"`
		ZipkinCompactPort int    `json:"zipkinCompactPort"`
	} `json:"agent"`
	Collector struct {
		GRPC          string `json:"grpc"`
		ThriftHTTPURL string `json:"thriftHttpUrl"`
		OTLPGRPCURL   string `json:"otlpGrpcUrl"`
		OTLPHTTPURL   string `json:"otlpHttpUrl"`
		ZipkinURL     string `json:"zipkinUrl"`
		ZipkinV1URL   string `json:"zipkinV1Url"`
	} `json:"collector"`
}

func readOutputs(text string) (Outputs, error) {
	var outputs Outputs
	if text == "" {
		return outputs, errors.New("OUTPUTS must hold the stack's outputs as JSON")
	}
	if err := json.Unmarshal([]byte(text), &outputs); err != nil {
		return outputs, fmt.Errorf("OUTPUTS: %w", err)
	}
	return outputs, nil
}

// A pod's own node is known to the pod alone: AGENT_HOST stands for the agent's name then.
func (outputs Outputs) agent(port int) (string, error) {
	host := outputs.Agent.Host
	if node := os.Getenv("AGENT_HOST"); node != "" {
		host = node
	}
	if host == "" || port == 0 {
		return "", errors.New("the outputs have no such address of the agent")
	}
	return net.JoinHostPort(host, strconv.Itoa(port)), nil
}

// An exporter of OTLP takes host and port apart from the scheme.
func hostPort(address string) (string, error) {
	parsed, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	if parsed.Scheme != "http" || parsed.Host == "" {
		return "", fmt.Errorf("%q is not an http address", address)
	}
	return parsed.Host, nil
}
