// Command relay is a service between two others, with tracing of its own: none of it is Tracewright's.
//
// It answers GET /relay?to=URL with what GET URL answers and with the baggage that came along, and makes a server span and
// a client span for it. With SDK=opentelemetry it is traced by OpenTelemetry's SDK for Go, whose propagators are those in
// PROPAGATORS (w3c or jaeger), and sends OTLP to COLLECTOR; with SDK=jaeger it is traced by Jaeger's own client, and sends
// thrift there.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
)

// tracing continues the trace of a request and lets the next one continue it.
type tracing interface {
	// relay makes the spans, passes the headers of the trace to send, and returns the baggage that arrived.
	relay(incoming *http.Request, baggageKey string, send func(headers http.Header) error) (baggage string, err error)
}

type answer struct {
	Baggage string          `json:"baggage"`
	Headers http.Header     `json:"headers"`
	Next    json.RawMessage `json:"next"`
}

func main() {
	log.SetFlags(0)
	tracing, err := newTracing()
	if err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("listening on %s\n", listener.Addr())
	http.HandleFunc("GET /relay", func(writer http.ResponseWriter, request *http.Request) {
		if err := serve(tracing, writer, request); err != nil {
			http.Error(writer, err.Error(), http.StatusBadGateway)
		}
	})
	log.Fatal(http.Serve(listener, nil))
}

func newTracing() (tracing, error) {
	service, collector := os.Getenv("OTEL_SERVICE_NAME"), os.Getenv("COLLECTOR")
	if os.Getenv("SDK") == "jaeger" {
		return newJaegerTracing(service, collector), nil
	}
	return newOpenTelemetryTracing(service, collector, os.Getenv("PROPAGATORS"))
}

func serve(tracing tracing, writer http.ResponseWriter, request *http.Request) error {
	result := answer{Headers: request.Header}
	baggage, err := tracing.relay(request, request.URL.Query().Get("key"), func(headers http.Header) (err error) {
		result.Next, err = get(request.URL.Query().Get("to"), headers)
		return err
	})
	if err != nil {
		return err
	}
	result.Baggage = baggage
	return json.NewEncoder(writer).Encode(result)
}

func get(url string, headers http.Header) ([]byte, error) {
	request, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	request.Header = headers
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	return io.ReadAll(response.Body)
}
