// SPDX-License-Identifier: Apache-2.0

package pluginbridge

import (
	"strings"

	"patchbay.io/sdk/go/protocol"
)

// Handler answers one kind of request. An error becomes an answer with status
// 500 and the error's text; a panic does the same.
type Handler func(*Request) (*Response, error)

// Router finds the handler of a request by the requestType of its route
// (contract 2.8). Fill it before serving; serving does not change it.
type Router struct {
	handlers map[string]Handler
}

// NewRouter returns a router without handlers.
func NewRouter() *Router {
	return &Router{handlers: make(map[string]Handler)}
}

// Handle sets the handler of a requestType as the manifest names it. It panics
// on a blank or repeated requestType and on a nil handler: these are mistakes in
// the plugin's code, and any test that builds the router shows them.
func (r *Router) Handle(requestType string, handler Handler) {
	requestType = strings.TrimSpace(requestType)
	switch {
	case requestType == "":
		panic("pluginbridge: a handler needs a requestType")
	case handler == nil:
		panic("pluginbridge: the handler of " + requestType + " is nil")
	case r.handlers[requestType] != nil:
		panic("pluginbridge: " + requestType + " already has a handler")
	}
	r.handlers[requestType] = handler
}

// Dispatch answers one request.
func (r *Router) Dispatch(envelope protocol.BridgeRequest) *Response {
	if envelope.Route == nil {
		return BadRequest("Dynamic bridge request is missing route metadata")
	}
	requestType := strings.TrimSpace(envelope.Route.RequestType)
	if requestType == "" {
		return BadRequest("Dynamic bridge request is missing route request type")
	}
	handler, ok := r.handlers[requestType]
	if !ok {
		return NotFound("Dynamic bridge route not found")
	}
	return call(handler, newRequest(envelope))
}

// Execute answers one encoded protocol.BridgeRequest with an encoded
// protocol.BridgeResponse, as the export lina_dynamic_route_execute does.
func (r *Router) Execute(request []byte) []byte {
	envelope, err := protocol.DecodeBridgeRequest(request)
	if err != nil {
		return BadRequest(err.Error()).AppendTo(nil)
	}
	return r.Dispatch(envelope).AppendTo(nil)
}

func call(handler Handler, request *Request) (response *Response) {
	defer func() {
		if reason := recover(); reason != nil {
			text := "panic: " + panicText(reason)
			println(request.RequestType(), text)
			response = InternalError(text)
		}
	}()
	response, err := handler(request)
	if err != nil {
		return InternalError(err.Error())
	}
	if response == nil {
		return InternalError("the handler of " + request.RequestType() + " returned no answer")
	}
	return response
}

// panicText describes a recovered value without package fmt, which would make
// every plugin larger.
func panicText(reason any) string {
	switch reason := reason.(type) {
	case error:
		return reason.Error()
	case string:
		return reason
	case interface{ String() string }:
		return reason.String()
	default:
		return "a value that is neither a string nor an error"
	}
}

func isBlank(text string) bool {
	return strings.TrimSpace(text) == ""
}
