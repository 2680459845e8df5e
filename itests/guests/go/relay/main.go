// SPDX-License-Identifier: Apache-2.0

//go:build wasip1

// Command relay is a guest for tests of the host: it makes the host call whose
// bytes it is given and answers with exactly the bytes that came back. It has
// its own exports and its own import, so that no code of the SDK stands between
// the test and the border; only the bridge envelope around it is the SDK's.
package main

import (
	"encoding/binary"
	"runtime"
	"strconv"
	"unsafe"

	"patchbay.io/sdk/go/protocol"
)

var (
	routeRequest     []byte
	routeResponse    []byte
	hostCallResponse []byte
)

func main() {}

//go:wasmimport lina_env host_call
func hostCall(opcode, request, length uint32) uint64

//go:wasmexport lina_dynamic_route_alloc
func routeAlloc(size uint32) uint32 {
	routeRequest = make([]byte, size)
	return address(routeRequest)
}

//go:wasmexport lina_dynamic_route_execute
func routeExecute(size uint32) uint64 {
	answer := relay(routeRequest[:size])
	routeResponse = answer.AppendTo(nil)
	return protocol.Pack(address(routeResponse), uint32(len(routeResponse)))
}

//go:wasmexport lina_host_call_alloc
func hostCallAlloc(size uint32) uint32 {
	hostCallResponse = make([]byte, size)
	return address(hostCallResponse)
}

func relay(raw []byte) protocol.BridgeResponse {
	envelope, err := protocol.DecodeBridgeRequest(raw)
	if err != nil {
		return refuse(err.Error())
	}
	if envelope.Route == nil || envelope.Request == nil || len(envelope.Request.Body) < 4 {
		return refuse("the body is 4 bytes of opcode, big-endian, and the request's bytes")
	}
	opcode := binary.BigEndian.Uint32(envelope.Request.Body)
	request := envelope.Request.Body[4:]
	pointer := address(request)
	length := uint32(len(request))
	if bad := envelope.Route.QueryValues["badPointer"]; len(bad) > 0 && bad[0] == "1" {
		// A range that begins outside any memory this guest may have, and that
		// does not wrap around.
		pointer, length = 0xf000_0000, max(length, 1)
	}
	hostCallResponse = nil
	answerPointer, answerLength := protocol.Unpack(hostCall(opcode, pointer, length))
	runtime.KeepAlive(request)
	if answerPointer != address(hostCallResponse) || int(answerLength) != len(hostCallResponse) {
		return refuse("host_call returned pointer " + number(answerPointer) + " length " + number(answerLength) +
			", lina_host_call_alloc gave pointer " + number(address(hostCallResponse)) +
			" length " + strconv.Itoa(len(hostCallResponse)))
	}
	return protocol.BridgeResponse{
		StatusCode:  200,
		ContentType: "application/octet-stream",
		Body:        hostCallResponse,
	}
}

func refuse(message string) protocol.BridgeResponse {
	return protocol.BridgeResponse{
		StatusCode:  400,
		ContentType: "text/plain; charset=utf-8",
		Body:        []byte(message),
		Failure:     &protocol.BridgeFailure{Code: "BAD_REQUEST", Message: message},
	}
}

func number(value uint32) string { return strconv.FormatUint(uint64(value), 10) }

func address(data []byte) uint32 {
	if len(data) == 0 {
		return 0
	}
	return uint32(uintptr(unsafe.Pointer(unsafe.SliceData(data))))
}
