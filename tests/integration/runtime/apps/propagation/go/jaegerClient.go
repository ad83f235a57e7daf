package main

import (
	"errors"
	"net/http"

	"github.com/opentracing/opentracing-go"
	"github.com/opentracing/opentracing-go/ext"
	"github.com/uber/jaeger-client-go"
	"github.com/uber/jaeger-client-go/transport"
)

type jaegerTracing struct{ tracer opentracing.Tracer }

func newJaegerTracing(service, collector string) tracing {
	// Every span is sent by itself: what the client buffers otherwise would wait for its end.
	sender := transport.NewHTTPTransport(collector+"?format=jaeger.thrift", transport.HTTPBatchSize(1))
	reporter := jaeger.NewRemoteReporter(sender, jaeger.ReporterOptions.Logger(jaeger.StdLogger))
	tracer, _ := jaeger.NewTracer(service, jaeger.NewConstSampler(true), reporter)
	return &jaegerTracing{tracer: tracer}
}

func (t *jaegerTracing) relay(
	incoming *http.Request,
	baggageKey string,
	send func(headers http.Header) error,
) (string, error) {
	parent, err := t.tracer.Extract(opentracing.HTTPHeaders, opentracing.HTTPHeadersCarrier(incoming.Header))
	if err != nil && !errors.Is(err, opentracing.ErrSpanContextNotFound) {
		return "", err
	}
	server := t.tracer.StartSpan("relay", ext.RPCServerOption(parent))
	defer server.Finish()
	client := t.tracer.StartSpan("call", opentracing.ChildOf(server.Context()), ext.SpanKindRPCClient)
	defer client.Finish()
	headers := http.Header{}
	if err := t.tracer.Inject(client.Context(), opentracing.HTTPHeaders, opentracing.HTTPHeadersCarrier(headers)); err != nil {
		return "", err
	}
	return client.BaggageItem(baggageKey), send(headers)
}
