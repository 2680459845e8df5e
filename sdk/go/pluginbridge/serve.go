// SPDX-License-Identifier: Apache-2.0

package pluginbridge

import "strconv"

// Executor answers encoded requests. *Router is one.
type Executor interface {
	// Execute answers an encoded protocol.BridgeRequest with an encoded
	// protocol.BridgeResponse. The request is the executor's to keep.
	Execute(request []byte) []byte
}

// served is what the export lina_dynamic_route_execute calls. The exports of a
// WebAssembly module are one set for the whole process, and so is this.
var served Executor

// Serve sets what answers the host's requests. Call it once, in init; the last
// call counts.
func Serve(executor Executor) {
	served = executor
}

// execute answers the first size bytes of a request buffer.
func execute(executor Executor, buffer []byte, size uint32) []byte {
	if executor == nil {
		return InternalError("the plugin never called pluginbridge.Serve").AppendTo(nil)
	}
	if uint64(size) > uint64(len(buffer)) {
		return BadRequest(underflow("bridge request", len(buffer), size)).AppendTo(nil)
	}
	return executor.Execute(buffer[:size:size])
}

// responseBuffer is the memory into which the host writes its answers: grown
// when needed, used again for the next call (contract 1.5).
type responseBuffer struct {
	data []byte
}

// reserve makes room for size bytes and returns them.
func (b *responseBuffer) reserve(size uint32) []byte {
	if int(size) > cap(b.data) {
		capacity := max(cap(b.data), 4096)
		for capacity < int(size) {
			capacity *= 2
		}
		b.data = make([]byte, capacity)
	}
	b.data = b.data[:size]
	return b.data
}

// take returns a copy of the length bytes that the host says it has written.
func (b *responseBuffer) take(length uint32) ([]byte, error) {
	if length == 0 {
		return nil, nil
	}
	if int(length) > len(b.data) {
		return nil, underflowError(underflow("host call response", len(b.data), length))
	}
	return append(make([]byte, 0, length), b.data[:length]...), nil
}

type underflowError string

func (e underflowError) Error() string { return string(e) }

func underflow(what string, have int, need uint32) string {
	return what + " buffer underflow: have " + strconv.Itoa(have) +
		", need " + strconv.FormatUint(uint64(need), 10)
}
