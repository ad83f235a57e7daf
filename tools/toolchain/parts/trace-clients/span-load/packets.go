package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/uber/jaeger-client-go/thrift"
	"github.com/uber/jaeger-client-go/thrift-gen/agent"
	"github.com/uber/jaeger-client-go/thrift-gen/jaeger"
)

// encodePackets gives each packet one trace: a request and what it led to.
func encodePackets(options options) ([][]byte, error) {
	packets := make([][]byte, options.spans/options.spansPerPacket)
	process := &jaeger.Process{
		ServiceName: options.service,
		Tags: []*jaeger.Tag{
			text("hostname", "checkout-6d5f7c9b8-x2x7p"),
			text("ip", "10.244.0.17"),
			text("jaeger.version", "Go-2.30.0"),
		},
	}
	start := time.Now()
	for index := range packets {
		buffer := thrift.NewTMemoryBufferLen(8192)
		client := agent.NewAgentClientFactory(buffer, thrift.NewTCompactProtocolFactory())
		batch := &jaeger.Batch{Process: process, Spans: traceSpans(options, start, index)}
		if err := client.EmitBatch(context.Background(), batch); err != nil {
			return nil, err
		}
		packets[index] = buffer.Bytes()
	}
	return packets, nil
}

func traceSpans(options options, start time.Time, trace int) []*jaeger.Span {
	spans := make([]*jaeger.Span, options.spansPerPacket)
	for index := range spans {
		number := int64(trace*options.spansPerPacket + index + 1)
		parent := int64(0)
		if index > 0 {
			parent = number - 1
		}
		spans[index] = &jaeger.Span{
			TraceIdLow:    start.UnixNano() + int64(trace),
			TraceIdHigh:   start.UnixNano(),
			SpanId:        number,
			ParentSpanId:  parent,
			OperationName: operations[index%len(operations)],
			Flags:         1,
			StartTime:     start.UnixMicro(),
			Duration:      1000 + number%5000,
			Tags:          tags(options, number),
		}
	}
	return spans
}

var operations = []string{"GET /orders/{id}", "orders.find", "pg.query:SELECT", "redis-GET", "POST /payments"}

// tags are those of an HTTP server's span: eleven, which a library of the time would set.
func tags(options options, number int64) []*jaeger.Tag {
	tags := []*jaeger.Tag{
		text("span.kind", "server"),
		text("component", "net/http"),
		text("http.method", "GET"),
		text("http.url", fmt.Sprintf("http://shop.example/orders/%d?expand=lines", number)),
		text("http.route", "/orders/{id}"),
		integer("http.status_code", 200),
		text("http.user_agent", "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0"),
		text("net.peer.ip", fmt.Sprintf("10.244.%d.%d", number>>8%256, number%256)),
		integer("net.peer.port", 30_000+number%30_000),
		text("customer.id", fmt.Sprintf("c-%08d", number%100_000)),
		{Key: "sampled", VType: jaeger.TagType_BOOL, VBool: pointer(true)},
	}
	if options.tagBytes > 0 {
		tags = append(tags, text("payload", strings.Repeat("x", options.tagBytes)))
	}
	return tags
}

func text(key, value string) *jaeger.Tag {
	return &jaeger.Tag{Key: key, VType: jaeger.TagType_STRING, VStr: &value}
}

func integer(key string, value int64) *jaeger.Tag {
	return &jaeger.Tag{Key: key, VType: jaeger.TagType_LONG, VLong: &value}
}

func pointer[T any](value T) *T { return &value }
