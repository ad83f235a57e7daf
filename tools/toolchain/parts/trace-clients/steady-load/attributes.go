package main

import (
	"fmt"

	common "go.opentelemetry.io/proto/otlp/common/v1"
)

// spanAttributes are those of an HTTP server's span, ten of them: the eleventh of span-load's tags, the kind, is a field in OTLP.
func spanAttributes(number uint64) []*common.KeyValue {
	return []*common.KeyValue{
		text("component", "net/http"),
		text("http.method", "GET"),
		text("http.url", fmt.Sprintf("http://shop.example/orders/%d?expand=lines", number)),
		text("http.route", "/orders/{id}"),
		integer("http.status_code", 200),
		text("http.user_agent", "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0"),
		text("net.peer.ip", fmt.Sprintf("10.244.%d.%d", number>>8%256, number%256)),
		integer("net.peer.port", int64(30_000+number%30_000)),
		text("customer.id", fmt.Sprintf("c-%08d", number%100_000)),
		{Key: "sampled", Value: &common.AnyValue{Value: &common.AnyValue_BoolValue{BoolValue: true}}},
	}
}

func processAttributes() []*common.KeyValue {
	return []*common.KeyValue{
		text("hostname", "checkout-6d5f7c9b8-x2x7p"),
		text("ip", "10.244.0.17"),
		text("jaeger.version", "Go-2.30.0"),
	}
}

func text(key, value string) *common.KeyValue {
	return &common.KeyValue{Key: key, Value: &common.AnyValue{Value: &common.AnyValue_StringValue{StringValue: value}}}
}

func integer(key string, value int64) *common.KeyValue {
	return &common.KeyValue{Key: key, Value: &common.AnyValue{Value: &common.AnyValue_IntValue{IntValue: value}}}
}
