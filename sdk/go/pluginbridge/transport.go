// SPDX-License-Identifier: Apache-2.0

package pluginbridge

import (
	"errors"
	"sync"
)

// Transport carries the bytes of one host call to a host and back. In a plugin
// it is the imported function host_call; in a native test it is a stub host.
type Transport interface {
	// HostCall sends an encoded protocol.HostServiceRequest and returns the
	// encoded protocol.HostCallResponse, which is the caller's to keep. The
	// request is the caller's again afterwards. An error means that the answer
	// did not arrive; a host that refuses answers with a status instead.
	HostCall(opcode uint32, request []byte) ([]byte, error)
}

// errNoHost is the answer of the border in a native build without a stub host.
var errNoHost = errors.New("no host: this is not a WebAssembly build; " +
	"in a test, call stubhost.Install first")

type noHost struct{}

func (noHost) HostCall(uint32, []byte) ([]byte, error) { return nil, errNoHost }

// border holds the transport of Default. The border of a process is one; the
// lock is there for tests.
var border = struct {
	sync.RWMutex
	transport Transport
}{transport: hostTransport()}

// SetTransport makes transport the one that Default uses, for the whole
// process, and returns a function that puts the earlier one back. It is meant
// for tests; package stubhost calls it.
func SetTransport(transport Transport) (restore func()) {
	border.Lock()
	defer border.Unlock()
	earlier := border.transport
	border.transport = transport
	return func() {
		border.Lock()
		defer border.Unlock()
		border.transport = earlier
	}
}

func currentTransport() Transport {
	border.RLock()
	defer border.RUnlock()
	return border.transport
}
