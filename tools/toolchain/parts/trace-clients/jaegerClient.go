package main

import (
	"errors"

	"github.com/opentracing/opentracing-go"
	"github.com/uber/jaeger-client-go"
	"github.com/uber/jaeger-client-go/transport"
	"github.com/uber/jaeger-client-go/transport/zipkin"
)

func sendUDPCompact(outputs Outputs, span Span) error {
	address, err := outputs.agent(outputs.Agent.ThriftCompactPort)
	if err != nil {
		return err
	}
	transport, err := jaeger.NewUDPTransport(address, 0)
	if err != nil {
		return err
	}
	return sendWithJaegerClient(transport, span)
}

func sendThriftHTTP(outputs Outputs, span Span) error {
	return sendWithJaegerClient(transport.NewHTTPTransport(outputs.Collector.ThriftHTTPURL), span)
}

func sendZipkinV1Thrift(outputs Outputs, span Span) error {
	transport, err := zipkin.NewHTTPTransport(outputs.Collector.ZipkinV1URL)
	if err != nil {
		return err
	}
	return sendWithJaegerClient(transport, span)
}

func sendWithJaegerClient(transport jaeger.Transport, span Span) error {
	failures := &failureLog{}
	reporter := jaeger.NewRemoteReporter(transport, jaeger.ReporterOptions.Logger(failures))
	tracer, closer := jaeger.NewTracer(span.Service, jaeger.NewConstSampler(true), reporter)
	tags := opentracing.Tags{}
	for key, value := range span.Tags {
		tags[key] = value
	}
	tracer.StartSpan(span.Operation, tags).Finish()
	// Closing sends what is queued.
	if err := closer.Close(); err != nil {
		return err
	}
	return errors.Join(failures.errors...)
}

// failureLog keeps what the reporter would only log.
type failureLog struct{ errors []error }

func (failures *failureLog) Error(message string) {
	failures.errors = append(failures.errors, errors.New(message))
}

func (failures *failureLog) Infof(string, ...interface{}) {}

func (failures *failureLog) Debugf(string, ...interface{}) {}

var _ jaeger.Logger = (*failureLog)(nil)
