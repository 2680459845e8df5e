// SPDX-License-Identifier: Apache-2.0

// Package stubhost stands in for the host, so that a plugin's own go test runs
// natively, with no host and no WebAssembly:
//
//	func TestHelloRemembers(t *testing.T) {
//		host := stubhost.Install(t)
//		host.SetState("visits", "41")
//		response, err := stubhost.Exchange(router, protocol.BridgeRequest{
//			Route: &protocol.RouteSnapshot{RequestType: "HelloReq"},
//		})
//		...
//	}
//
// It answers the ten methods of the host service "runtime" with the bytes that
// the real host would send, limits of keys, values and batches included. It has
// no quota, no limit on log entries, and one scope of state. What the host does
// to log entries (cutting, escaping, hiding secrets) it does not do: a test sees
// what the plugin wrote.
package stubhost

import (
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	"patchbay.io/sdk/go/pluginbridge"
	"patchbay.io/sdk/go/protocol"
)

// The values that a new host starts with.
const (
	DefaultPluginID = "plugin-under-test"
	DefaultNode     = "stub-node"
)

// DefaultTime is the time that the clock of a new host shows.
var DefaultTime = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

// Host is a host in memory. Its clock stands still until it is set. Its methods
// may be used from several goroutines.
type Host struct {
	mu       sync.Mutex
	pluginID string
	granted  map[string]bool
	state    map[string]string
	now      time.Time
	node     string
	uuids    []string
	issued   int
	logs     []LogEntry
	calls    []string
	failures map[string][]Failure
}

// LogEntry is one entry that the plugin logged.
type LogEntry struct {
	Level   protocol.LogLevel
	Message string
	Fields  map[string]string
}

// Failure is an answer that a call gets instead of the host's own.
type Failure struct {
	// Status is one of the protocol.Status constants; StatusSuccess counts as
	// StatusInternalError.
	Status     uint32
	ErrorCode  string
	MessageKey string
	Params     map[string]any
	Fallback   string
	// Lost, when not nil, is returned by the transport: no answer arrives.
	Lost error
}

// ProviderUnavailable is the failure of a method whose provider is away. Kind is
// state, clock, uuid or node.
func ProviderUnavailable(kind string) Failure {
	return Failure{
		Status:     protocol.StatusInternalError,
		ErrorCode:  protocol.CodeProviderUnavailable,
		MessageKey: "error.provider.unavailable",
		Params:     map[string]any{"provider": kind},
		Fallback:   "No provider for " + kind + " is available",
	}
}

// New returns a host that grants all ten methods and has no state.
func New() *Host {
	host := &Host{
		pluginID: DefaultPluginID,
		granted:  make(map[string]bool),
		state:    make(map[string]string),
		now:      DefaultTime,
		node:     DefaultNode,
		failures: make(map[string][]Failure),
	}
	host.Grant(methodNames()...)
	return host
}

// Cleaner is the part of testing.TB that Install needs.
type Cleaner interface {
	Cleanup(func())
}

// Install makes a new host the one that pluginbridge.Default reaches until the
// test ends. Tests that use it must not run in parallel; those use New and
// Services.
func Install(t Cleaner) *Host {
	host := New()
	t.Cleanup(pluginbridge.SetTransport(host))
	return host
}

// Services returns the services of this host, installed or not.
func (h *Host) Services() pluginbridge.Services {
	return pluginbridge.NewServices(h)
}

// Exchange sends one request through the encoded form, as the host does, and
// returns the answer.
func Exchange(executor pluginbridge.Executor, request protocol.BridgeRequest) (protocol.BridgeResponse, error) {
	return protocol.DecodeBridgeResponse(executor.Execute(request.AppendTo(nil)))
}

// SetPluginID changes the id that appears in denials.
func (h *Host) SetPluginID(id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.pluginID = id
}

// Grant lets the plugin call methods, for instance protocol.MethodInfoNow.
func (h *Host) Grant(methods ...string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, method := range methods {
		h.granted[method] = true
	}
}

// Revoke takes grants back.
func (h *Host) Revoke(methods ...string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, method := range methods {
		delete(h.granted, method)
	}
}

// Fail gives the next call of a method a failure instead of its answer. Several
// failures for one method are used in the order given.
func (h *Host) Fail(method string, failure Failure) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.failures[method] = append(h.failures[method], failure)
}

// SetTime sets the clock.
func (h *Host) SetTime(now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = now
}

// Advance moves the clock.
func (h *Host) Advance(by time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(by)
}

// SetNode changes the node's name.
func (h *Host) SetNode(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.node = name
}

// SetUUIDs sets the next identifiers. When they are used up the host counts:
// 00000000-0000-7000-8000-000000000001, and so on.
func (h *Host) SetUUIDs(ids ...string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.uuids = slices.Clone(ids)
}

// SetState stores a value, past all limits.
func (h *Host) SetState(key, value string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.state[key] = value
}

// State returns a copy of everything that is stored.
func (h *Host) State() map[string]string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return maps.Clone(h.state)
}

// Logs returns what the plugin has logged so far.
func (h *Host) Logs() []LogEntry {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.logs)
}

// Calls returns the methods that the plugin has called so far, refused ones
// included, as "service.method".
func (h *Host) Calls() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.calls)
}

func methodNames() []string {
	return slices.Sorted(maps.Keys(methods))
}

func (h *Host) nextUUID() string {
	if len(h.uuids) > 0 {
		id := h.uuids[0]
		h.uuids = h.uuids[1:]
		return id
	}
	h.issued++
	digits := strconv.Itoa(h.issued)
	return "00000000-0000-7000-8000-" + "000000000000"[len(digits):] + digits
}
