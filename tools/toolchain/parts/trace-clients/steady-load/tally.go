package main

import (
	"errors"
	"maps"
	"net"
	"net/url"
	"sync"
	"time"
)

// tally counts what went well and what did not, and how long nothing went well. Its methods may be called at once.
type tally struct {
	mutex    sync.Mutex
	good     int
	bad      int
	errors   map[string]int
	lastGood time.Time
	gap      time.Duration
}

func newTally() *tally {
	return &tally{errors: map[string]int{}, lastGood: time.Now()}
}

func (tally *tally) succeed(count int) {
	tally.mutex.Lock()
	defer tally.mutex.Unlock()
	now := time.Now()
	tally.good += count
	tally.gap = max(tally.gap, now.Sub(tally.lastGood))
	tally.lastGood = now
}

func (tally *tally) fail(reason string) {
	tally.mutex.Lock()
	defer tally.mutex.Unlock()
	tally.bad++
	tally.errors[reason]++
}

// forget leaves out what has gone wrong so far.
func (tally *tally) forget() {
	tally.mutex.Lock()
	defer tally.mutex.Unlock()
	tally.bad, tally.errors, tally.lastGood, tally.gap = 0, map[string]int{}, time.Now(), 0
}

type counts struct {
	good       int
	bad        int
	errors     map[string]int
	gapSeconds float64
}

func (tally *tally) counts() counts {
	tally.mutex.Lock()
	defer tally.mutex.Unlock()
	return counts{good: tally.good, bad: tally.bad, errors: maps.Clone(tally.errors), gapSeconds: tally.gap.Seconds()}
}

// reasonOf leaves out addresses and ports, which differ each time: like failures are counted together.
func reasonOf(err error) string {
	var network *net.OpError
	if errors.As(err, &network) {
		return network.Op + ": " + network.Err.Error()
	}
	var request *url.Error
	if errors.As(err, &request) {
		return request.Err.Error()
	}
	return err.Error()
}
