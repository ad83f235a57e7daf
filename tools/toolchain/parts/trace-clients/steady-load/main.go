// Command steady-load sends spans to collectors over OTLP/gRPC and asks a query service, both at a steady pace, until it is
// told to stop. Every span has a trace of its own. What a collector has acknowledged is kept by id: it can be looked up in
// the storage. What it has not acknowledged is sent again, and that is counted.
//
// usage: steady-load -collector HOST:PORT[,...] [-query URL] [-service NAME] [-spans-per-second N] [-queries-per-second N] ...
//
// Without -query nothing is asked. With -elasticsearch it sends no faster than spans are stored: -unstored of them are on their
// way at most.
//
// It is driven over HTTP at the address of -control: GET /report answers with the counts so far; POST /forget leaves out what
// has gone wrong so far, which is how a load begins whose own pod the network has only just come to know; POST /stop ends the
// load and answers with the last counts; GET /acknowledged answers with one trace id a line. At its end, which SIGTERM brings
// too, it prints the counts as one JSON object.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

type options struct {
	collectors       []string
	query            string
	service          string
	spansPerSecond   int
	spansPerRequest  int
	connections      int
	inFlight         int
	queriesPerSecond int
	askers           int
	control          string
	attributes       bool
	elasticsearch    string
	indices          string
	unstored         int
}

// report is what a load has come to. Once it is stopped, Sent is what Acknowledged and Unacknowledged add up to.
type report struct {
	Service string `json:"service"`
	spanReport
	// By how connections are used.
	Queries map[string]queryReport `json:"queries"`
}

func main() {
	log.SetFlags(0)
	options := parseOptions()
	load, err := startLoad(options)
	if err != nil {
		log.Fatal(err)
	}
	listen(options.control, load)
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, syscall.SIGTERM, syscall.SIGINT)
	<-ended
	load.stop()
	if err := json.NewEncoder(os.Stdout).Encode(load.report()); err != nil {
		log.Fatal(err)
	}
}

func parseOptions() options {
	var options options
	collectors := flag.String("collector", "", "hosts and ports of the collectors' OTLP/gRPC, with commas between them")
	flag.StringVar(&options.query, "query", "", "address of the query service; without it nothing is asked")
	flag.StringVar(&options.service, "service", "steady-load", "name of the spans' service; no other run's")
	flag.IntVar(&options.spansPerSecond, "spans-per-second", 100, "spans that are sent in a second")
	flag.IntVar(&options.spansPerRequest, "spans-per-request", 5, "spans of a request, each of a trace of its own")
	flag.IntVar(&options.connections, "connections", 4, "connections to the collectors, dealt out in turn")
	flag.IntVar(&options.inFlight, "in-flight", 2, "requests on their way on each connection")
	flag.IntVar(&options.queriesPerSecond, "queries-per-second", 10, "queries in a second on connections of each kind")
	flag.IntVar(&options.askers, "askers", 3, "who ask at once on connections of each kind")
	flag.StringVar(&options.control, "control", ":8080", "address that the load is driven at")
	flag.BoolVar(&options.attributes, "attributes", false, "spans with the attributes of an HTTP server's")
	flag.StringVar(&options.elasticsearch, "elasticsearch", "", "address of Elasticsearch, which bounds what is sent and not stored")
	flag.StringVar(&options.indices, "indices", "", "pattern of the span indices")
	flag.IntVar(&options.unstored, "unstored", 2000, "spans that are sent and not stored, with -elasticsearch")
	flag.Parse()
	options.collectors = strings.Split(*collectors, ",")
	positive := []int{
		options.spansPerSecond, options.spansPerRequest, options.connections, options.inFlight,
		options.queriesPerSecond, options.askers, options.unstored,
	}
	for _, number := range positive {
		if number < 1 {
			flag.Usage()
			os.Exit(2)
		}
	}
	if *collectors == "" || (options.elasticsearch != "" && options.indices == "") {
		flag.Usage()
		os.Exit(2)
	}
	return options
}

// load is spans and queries together.
type load struct {
	service string
	spans   *spanLoad
	queries []*queryLoad
	cancel  context.CancelFunc
	running group
}

func startLoad(options options) (*load, error) {
	spans, err := newSpanLoad(options)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	backlog, err := followBacklog(ctx, options)
	if err != nil {
		cancel()
		return nil, err
	}
	started := &load{service: options.service, spans: spans, queries: newQueryLoads(options), cancel: cancel}
	started.running.start(func() { spans.run(ctx, backlog) })
	for _, queries := range started.queries {
		started.running.start(func() { queries.run(ctx) })
	}
	return started, nil
}

// stop ends the load and waits for what is on its way.
func (load *load) stop() {
	load.cancel()
	load.running.wait()
}

// forget forgets no span: each that was sent must be acknowledged, and each that was acknowledged must be stored.
func (load *load) forget() {
	load.spans.tally.forget()
	for _, one := range load.queries {
		one.tally.forget()
		one.resent.Store(0)
	}
}

func (load *load) report() report {
	queries := make(map[string]queryReport, len(load.queries))
	for _, one := range load.queries {
		queries[one.kind] = one.report()
	}
	return report{Service: load.service, spanReport: load.spans.report(), Queries: queries}
}

func listen(address string, load *load) {
	control := http.NewServeMux()
	control.HandleFunc("GET /report", func(answer http.ResponseWriter, _ *http.Request) { writeJSON(answer, load.report()) })
	control.HandleFunc("POST /forget", func(answer http.ResponseWriter, _ *http.Request) {
		load.forget()
		writeJSON(answer, load.report())
	})
	control.HandleFunc("POST /stop", func(answer http.ResponseWriter, _ *http.Request) {
		load.stop()
		writeJSON(answer, load.report())
	})
	control.HandleFunc("GET /acknowledged", func(answer http.ResponseWriter, _ *http.Request) {
		for _, id := range load.spans.acknowledgedTraces() {
			fmt.Fprintln(answer, id)
		}
	})
	server := &http.Server{Addr: address, Handler: control}
	go func() { log.Fatal(server.ListenAndServe()) }()
}

func writeJSON(answer http.ResponseWriter, value any) {
	answer.Header().Set("content-type", "application/json")
	if err := json.NewEncoder(answer).Encode(value); err != nil {
		log.Print(err)
	}
}
