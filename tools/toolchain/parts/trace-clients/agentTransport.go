package main

import (
	"context"
	"net"

	"github.com/uber/jaeger-client-go"
	"github.com/uber/jaeger-client-go/thrift"
	"github.com/uber/jaeger-client-go/thrift-gen/agent"
	jaegerthrift "github.com/uber/jaeger-client-go/thrift-gen/jaeger"
	"github.com/uber/jaeger-client-go/thrift-gen/zipkincore"
)

// The library's own UDP transport speaks the compact form of Jaeger's model alone. Its generated client of the agent
// writes every form; agentTransport puts what it wrote into one packet for each span.
type agentTransport struct {
	connection net.Conn
	protocol   thrift.TProtocolFactory
	emit       func(client *agent.AgentClient, span *jaeger.Span) error
}

func sendUDPBinary(outputs Outputs, span Span) error {
	return sendToAgent(outputs, outputs.Agent.ThriftBinaryPort, span, thrift.NewTBinaryProtocolFactoryDefault(), emitJaeger)
}

func sendUDPZipkinCompact(outputs Outputs, span Span) error {
	return sendToAgent(outputs, outputs.Agent.ZipkinCompactPort, span, thrift.NewTCompactProtocolFactory(), emitZipkin)
}

func sendToAgent(
	outputs Outputs,
	port int,
	span Span,
	protocol thrift.TProtocolFactory,
	emit func(client *agent.AgentClient, span *jaeger.Span) error,
) error {
	address, err := outputs.agent(port)
	if err != nil {
		return err
	}
	connection, err := net.Dial("udp", address)
	if err != nil {
		return err
	}
	return sendWithJaegerClient(&agentTransport{connection: connection, protocol: protocol, emit: emit}, span)
}

func emitJaeger(client *agent.AgentClient, span *jaeger.Span) error {
	return client.EmitBatch(context.Background(), &jaegerthrift.Batch{
		Process: jaeger.BuildJaegerProcessThrift(span),
		Spans:   []*jaegerthrift.Span{jaeger.BuildJaegerThrift(span)},
	})
}

func emitZipkin(client *agent.AgentClient, span *jaeger.Span) error {
	return client.EmitZipkinBatch(context.Background(), []*zipkincore.Span{jaeger.BuildZipkinThrift(span)})
}

// Append implements jaeger.Transport.
func (t *agentTransport) Append(span *jaeger.Span) (int, error) {
	packet := thrift.NewTMemoryBuffer()
	if err := t.emit(agent.NewAgentClientFactory(packet, t.protocol), span); err != nil {
		return 1, err
	}
	_, err := t.connection.Write(packet.Bytes())
	return 1, err
}

// Flush implements jaeger.Transport.
func (t *agentTransport) Flush() (int, error) { return 0, nil }

// Close implements jaeger.Transport.
func (t *agentTransport) Close() error { return t.connection.Close() }
