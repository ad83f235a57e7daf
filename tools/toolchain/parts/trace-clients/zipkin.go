package main

import (
	"github.com/openzipkin/zipkin-go"
	"github.com/openzipkin/zipkin-go/proto/zipkin_proto3"
	"github.com/openzipkin/zipkin-go/reporter"
	reporterhttp "github.com/openzipkin/zipkin-go/reporter/http"
)

func sendZipkinV2JSON(outputs Outputs, span Span) error {
	return sendWithZipkin(reporterhttp.NewReporter(outputs.Collector.ZipkinURL), span)
}

func sendZipkinV2Protobuf(outputs Outputs, span Span) error {
	serializer := reporterhttp.Serializer(zipkin_proto3.SpanSerializer{})
	return sendWithZipkin(reporterhttp.NewReporter(outputs.Collector.ZipkinURL, serializer), span)
}

func sendWithZipkin(reporter reporter.Reporter, span Span) error {
	endpoint, err := zipkin.NewEndpoint(span.Service, "")
	if err != nil {
		return err
	}
	tracer, err := zipkin.NewTracer(reporter, zipkin.WithLocalEndpoint(endpoint))
	if err != nil {
		return err
	}
	tracer.StartSpan(span.Operation, zipkin.Tags(span.Tags)).Finish()
	return reporter.Close()
}
