// Command span-load sends spans to Jaeger's agent over UDP, in compact thrift, no faster than Elasticsearch stores them,
// and says how long that took. What is on its way is bounded, and so is what the agent has yet to read from its socket:
// nothing between here and there has to drop a span.
//
// usage: span-load -agent HOST:PORT -agent-metrics URL -elasticsearch URL -indices PATTERN [-service NAME] [-spans N] [-in-flight N]
//
// Without -elasticsearch it waits for the agent alone, which fills queues. It prints one JSON object, and ends with 1
// when not exactly the spans that were sent are stored.
package main

import (
	"encoding/json"
	"flag"
	"log"
	"os"
	"syscall"
	"time"
)

type options struct {
	agent          string
	agentMetrics   string
	elasticsearch  string
	indices        string
	service        string
	spans          int
	spansPerPacket int
	inFlight       int
	tagBytes       int
}

// result is what a run came to.
type result struct {
	Spans   int     `json:"spans"`
	Bytes   int     `json:"bytes"`
	Stored  int     `json:"stored"`
	Seconds float64 `json:"seconds"`
	// Readings of the agent's metrics; each costs it a moment.
	Readings int `json:"readings"`
	// CPUSeconds is what this program used, packing included.
	CPUSeconds float64 `json:"cpuSeconds"`
}

func main() {
	log.SetFlags(0)
	options := parseOptions()
	target, err := dialAgent(options)
	if err != nil {
		log.Fatal(err)
	}
	// Packed before the clock starts: what is measured is not this program.
	packets, err := encodePackets(options)
	if err != nil {
		log.Fatal(err)
	}
	outcome, err := run(options, target, packets)
	outcome.Readings = target.readings
	outcome.CPUSeconds = cpuSeconds()
	if printErr := json.NewEncoder(os.Stdout).Encode(outcome); printErr != nil {
		log.Fatal(printErr)
	}
	if err != nil {
		log.Fatal(err)
	}
}

func parseOptions() options {
	var options options
	flag.StringVar(&options.agent, "agent", "", "host and port of the agent's compact thrift")
	flag.StringVar(&options.agentMetrics, "agent-metrics", "", "address of the agent's metrics")
	flag.StringVar(&options.elasticsearch, "elasticsearch", "", "address of Elasticsearch")
	flag.StringVar(&options.indices, "indices", "", "pattern of the span indices")
	flag.StringVar(&options.service, "service", "span-load", "name of the service; no other run's")
	flag.IntVar(&options.spans, "spans", 10_000, "spans, a multiple of the spans of a packet")
	flag.IntVar(&options.spansPerPacket, "packet", 10, "spans of a packet")
	flag.IntVar(&options.inFlight, "in-flight", 2000, "spans that are sent and not stored")
	flag.IntVar(&options.tagBytes, "tag-bytes", 0, "bytes of one more tag")
	flag.Parse()
	if options.agent == "" || options.agentMetrics == "" || options.spans%options.spansPerPacket != 0 {
		flag.Usage()
		os.Exit(2)
	}
	return options
}

func cpuSeconds() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		log.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()).Seconds()
}
