// SPDX-License-Identifier: Apache-2.0

package pluginbridge

import "patchbay.io/sdk/go/protocol"

// Services are the host services that a plugin may ask for. The zero value is
// the same as Default().
type Services struct {
	transport Transport
}

// Default returns the services of the host that runs this plugin. It never
// fails: whether a method may be used shows in the call's answer.
func Default() Services {
	return Services{}
}

// NewServices returns services behind another transport, for a test that runs
// beside others.
func NewServices(transport Transport) Services {
	return Services{transport: transport}
}

// Runtime returns the host service "runtime": log, state, clock, identifiers
// and the node's name.
func (s Services) Runtime() Runtime {
	return Runtime{services: s}
}

// Invoke calls any method of any host service with an encoded payload and
// returns the encoded answer, for services that this package has no type for.
// It fails with a *HostCallError when the host refuses.
func (s Services) Invoke(service, method string, payload []byte) ([]byte, error) {
	request := protocol.HostServiceRequest{Service: service, Method: method, Payload: payload}
	transport := s.transport
	if transport == nil {
		transport = currentTransport()
	}
	raw, err := transport.HostCall(protocol.OpcodeServiceInvoke, request.AppendTo(nil))
	if err != nil {
		return nil, err
	}
	response, err := protocol.DecodeHostCallResponse(raw)
	if err != nil {
		return nil, &ResponseError{Cause: err}
	}
	if response.Status != protocol.StatusSuccess {
		return nil, newHostCallError(response.Status, response.Payload)
	}
	return response.Payload, nil
}

// ResponseError says that the host's answer could not be read.
type ResponseError struct {
	// Cause is a protocol.DecodeError.
	Cause error
}

// Error returns "host call response decode failed: " and the cause.
func (e *ResponseError) Error() string {
	return "host call response decode failed: " + e.Cause.Error()
}

// Unwrap returns the cause.
func (e *ResponseError) Unwrap() error { return e.Cause }
