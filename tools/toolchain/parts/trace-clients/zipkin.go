package main

import (
	"fmt"
	"net/http"
	"time"

	"github.com/openzipkin/zipkin-go"
	"github.com/openzipkin/zipkin-go/proto/zipkin_proto3"
	"github.com/openzipkin/zipkin-go/reporter"
	reporterhttp "github.com/openzipkin/zipkin-go/reporter/http"
)

// Jaeger 1.50 panics over a span in protobuf whose endpoint has no IPv4 address.
const localAddress = "127.0.0.1:0"

const httpTimeout = 10 * time.Second

func sendZipkinV2JSON(outputs Outputs, span Span) error {
	return sendWithZipkin(outputs, span)
}

func sendZipkinV2Protobuf(outputs Outputs, span Span) error {
	return sendWithZipkin(outputs, span, reporterhttp.Serializer(zipkin_proto3.SpanSerializer{}))
}

func sendWithZipkin(outputs Outputs, span Span, options ...reporterhttp.ReporterOption) error {
	options = append(options, reporterhttp.Client(strictClient{http.Client{Timeout: httpTimeout}}))
	reporter := reporterhttp.NewReporter(outputs.Collector.ZipkinURL, options...)
	tracer, err := newZipkinTracer(reporter, span.Service)
	if err != nil {
		return err
	}
	tracer.StartSpan(span.Operation, zipkin.Tags(span.Tags)).Finish()
	return reporter.Close()
}

func newZipkinTracer(reporter reporter.Reporter, service string) (*zipkin.Tracer, error) {
	endpoint, err := zipkin.NewEndpoint(service, localAddress)
	if err != nil {
		return nil, err
	}
	return zipkin.NewTracer(reporter, zipkin.WithLocalEndpoint(endpoint))
}

// strictClient makes an error of a refusal, which the reporter would only log.
type strictClient struct{ http.Client }

// Do implements reporterhttp.HTTPDoer.
func (client strictClient) Do(request *http.Request) (*http.Response, error) {
	response, err := client.Client.Do(request)
	if err == nil && response.StatusCode >= http.StatusBadRequest {
		response.Body.Close()
		return nil, fmt.Errorf("%s answered %s", request.URL, response.Status)
	}
	return response, err
}
