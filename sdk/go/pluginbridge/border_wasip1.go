// SPDX-License-Identifier: Apache-2.0

//go:build wasip1

package pluginbridge

import (
	"runtime"
	"sync"
	"unsafe"

	"patchbay.io/sdk/go/protocol"
)

// The buffers that host and plugin share (contract 1.5). Each stays reachable
// until it is replaced, so that its pointer stays good; Go does not move memory.
var (
	routeRequest     []byte
	routeResponse    []byte
	hostCallResponse responseBuffer
	hostCallInFlight sync.Mutex
)

func init() {
	// Made here, it is part of the image: an ordinary answer then needs no
	// allocation while the host waits.
	hostCallResponse.reserve(4096)
}

//go:wasmimport lina_env host_call
func hostCall(opcode uint32, request unsafe.Pointer, length uint32) uint64

// routeAlloc gives the host memory for the next request: fresh each time, so
// that a handler may keep the body of the last one.
//
//go:wasmexport lina_dynamic_route_alloc
func routeAlloc(size uint32) unsafe.Pointer {
	routeRequest = make([]byte, size)
	return pointer(routeRequest)
}

// routeExecute answers the request that the host has written.
//
//go:wasmexport lina_dynamic_route_execute
func routeExecute(size uint32) uint64 {
	routeResponse = execute(served, routeRequest, size)
	return packed(routeResponse)
}

// hostCallAlloc gives the host memory for its answer while host_call runs.
//
//go:wasmexport lina_host_call_alloc
func hostCallAlloc(size uint32) unsafe.Pointer {
	return pointer(hostCallResponse.reserve(size))
}

type importedHost struct{}

func hostTransport() Transport { return importedHost{} }

// HostCall holds a lock from the call until the answer is copied: a garbage
// collection may let another goroutine run in between.
func (importedHost) HostCall(opcode uint32, request []byte) ([]byte, error) {
	hostCallInFlight.Lock()
	defer hostCallInFlight.Unlock()
	// The pointer in the result is ignored: the answer is in our own buffer.
	_, length := protocol.Unpack(hostCall(opcode, pointer(request), uint32(len(request))))
	runtime.KeepAlive(request)
	return hostCallResponse.take(length)
}

func pointer(data []byte) unsafe.Pointer {
	if len(data) == 0 {
		return nil
	}
	return unsafe.Pointer(unsafe.SliceData(data))
}

func packed(data []byte) uint64 {
	return protocol.Pack(uint32(uintptr(pointer(data))), uint32(len(data)))
}
