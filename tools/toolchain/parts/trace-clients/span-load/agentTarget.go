package main

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	// unreadPackets of five kilobytes, with what the kernel adds, are less than a socket holds by default (net.core.rmem_default).
	unreadPackets = 16
	readPause     = 2 * time.Millisecond
	readPatience  = 20 * time.Second
	// readMetric counts what the agent has taken from the socket. Source: Jaeger 1.50 cmd/agent/app/servers.
	readMetric = `jaeger_agent_thrift_udp_server_packets_processed_total{model="jaeger",protocol="compact"} `
)

var errNothingRead = errors.New("the agent read nothing more for 20 s: packets are lost")

// agentTarget sends packets to an agent, and no more of them than fit in its socket before it has read them. The agent must
// get packets from nobody else.
type agentTarget struct {
	connection net.Conn
	client     *http.Client
	metrics    string
	unread     int
	sent       int
	before     int
	readings   int
}

func dialAgent(options options) (*agentTarget, error) {
	connection, err := net.Dial("udp", options.agent)
	if err != nil {
		return nil, err
	}
	target := &agentTarget{connection: connection, client: &http.Client{Timeout: 30 * time.Second}, metrics: options.agentMetrics}
	// Two of the largest fit too.
	target.unread = max(2, min(unreadPackets, unreadPackets*5000/(options.spansPerPacket*500+options.tagBytes)))
	target.before, err = target.read()
	return target, err
}

func (target *agentTarget) send(packet []byte) error {
	if _, err := target.connection.Write(packet); err != nil {
		return err
	}
	target.sent++
	if target.sent%target.unread != 0 {
		return nil
	}
	for deadline := time.Now().Add(readPatience); time.Now().Before(deadline); time.Sleep(readPause) {
		read, err := target.read()
		if err != nil || read-target.before >= target.sent {
			return err
		}
	}
	return errNothingRead
}

// read says how many packets the agent has read since it was started.
func (target *agentTarget) read() (int, error) {
	target.readings++
	response, err := target.client.Get(target.metrics)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	count := -1
	for lines := bufio.NewScanner(response.Body); lines.Scan(); {
		if value, found := strings.CutPrefix(lines.Text(), readMetric); found {
			if count, err = parseCount(value); err != nil {
				return 0, err
			}
		}
	}
	if count < 0 {
		return 0, fmt.Errorf("%s has no %s", target.metrics, readMetric)
	}
	return count, nil
}

// Large counters are printed with an exponent.
func parseCount(text string) (int, error) {
	value, err := strconv.ParseFloat(text, 64)
	return int(value), err
}
