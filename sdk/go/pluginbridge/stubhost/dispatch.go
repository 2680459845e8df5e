// SPDX-License-Identifier: Apache-2.0

package stubhost

import (
	"encoding/json"
	"fmt"
	"strings"

	"patchbay.io/sdk/go/protocol"
)

// HostCall answers one encoded request; it makes Host a pluginbridge.Transport.
func (h *Host) HostCall(opcode uint32, request []byte) ([]byte, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	payload, failure := h.answer(opcode, request)
	if failure == nil {
		response := protocol.HostCallResponse{Payload: payload}
		return response.AppendTo(nil), nil
	}
	if failure.Lost != nil {
		return nil, failure.Lost
	}
	response := protocol.HostCallResponse{Status: failure.status(), Payload: failure.payload()}
	return response.AppendTo(nil), nil
}

// answer checks in the order of contract 3.4.
func (h *Host) answer(opcode uint32, raw []byte) ([]byte, *Failure) {
	if opcode != protocol.OpcodeServiceInvoke {
		return nil, refuse(protocol.StatusNotFound, fmt.Sprintf("unknown host call opcode: 0x%04x", opcode))
	}
	request, err := protocol.DecodeHostServiceRequest(raw)
	if err != nil {
		return nil, refuse(protocol.StatusInvalidRequest, err.Error())
	}
	h.calls = append(h.calls, request.Service+"."+request.Method)
	if strings.TrimSpace(request.Owner) != "" {
		return nil, refuseOwner(request)
	}
	if strings.TrimSpace(request.Version) != "" {
		return nil, refuse(protocol.StatusInvalidRequest, "host service version requires owner")
	}
	method := strings.ToLower(strings.TrimSpace(request.Method))
	if failure := h.authorize(request, method); failure != nil {
		return nil, failure
	}
	if queue := h.failures[method]; len(queue) > 0 {
		h.failures[method] = queue[1:]
		return nil, &queue[0]
	}
	// Quirks of contract 3.5: the lookup trims but does not lower the case, and
	// the choice of the method does neither.
	service := strings.TrimSpace(request.Service)
	if service != protocol.ServiceRuntime || methods[strings.TrimSpace(request.Method)] == nil {
		return nil, refuse(protocol.StatusNotFound,
			"host service method not registered: "+service+"."+strings.TrimSpace(request.Method))
	}
	handle := methods[request.Method]
	if handle == nil {
		return nil, refuse(protocol.StatusNotFound, "unsupported runtime host service method: "+request.Method)
	}
	return handle(h, request.Payload)
}

func (h *Host) authorize(request protocol.HostServiceRequest, method string) *Failure {
	service := strings.ToLower(strings.TrimSpace(request.Service))
	if service != protocol.ServiceRuntime || methods[method] == nil {
		return refuse(protocol.StatusNotFound,
			"unsupported host service method: "+request.Service+"."+request.Method)
	}
	if len(h.granted) == 0 {
		return refuse(protocol.StatusDenied, "plugin "+h.pluginID+" lacks capability host:runtime")
	}
	if h.granted[method] && strings.TrimSpace(request.ResourceRef+request.Table) == "" {
		return nil
	}
	return refuse(protocol.StatusDenied, fmt.Sprintf(
		"plugin %s is not authorized for host service %s.%s resource=%s table=%s",
		h.pluginID, request.Service, request.Method, request.ResourceRef, request.Table))
}

func refuseOwner(request protocol.HostServiceRequest) *Failure {
	lower := func(text string) string { return strings.ToLower(strings.TrimSpace(text)) }
	service, version, method := lower(request.Service), lower(request.Version), lower(request.Method)
	if service == "" || version == "" || method == "" {
		return refuse(protocol.StatusInvalidRequest,
			"owner host service request requires owner, service, version, and method")
	}
	return refuse(protocol.StatusNotFound, "owner host service method not registered: "+
		lower(request.Owner)+"/"+service+"/"+version+"."+method)
}

// refuse fails with the codes that contract 3.1 gives to a status.
func refuse(status uint32, text string) *Failure {
	return &Failure{Status: status, Fallback: text}
}

func (f *Failure) status() uint32 {
	if f.Status == protocol.StatusSuccess {
		return protocol.StatusInternalError
	}
	return f.Status
}

// payload is the JSON of contract 2.7.
func (f *Failure) payload() []byte {
	code, key, fallback := defaultsOf(f.status())
	text, err := json.Marshal(struct {
		ErrorCode  string         `json:"errorCode"`
		MessageKey string         `json:"messageKey"`
		Params     map[string]any `json:"messageParams,omitempty"`
		Fallback   string         `json:"fallback"`
	}{orElse(f.ErrorCode, code), orElse(f.MessageKey, key), f.Params, orElse(f.Fallback, fallback)})
	if err != nil {
		panic("stubhost: the params of a failure are not JSON: " + err.Error())
	}
	return text
}

// defaultsOf gives errorCode, messageKey and fallback of a status (contract 3.1).
func defaultsOf(status uint32) (code, key, fallback string) {
	switch status {
	case protocol.StatusDenied:
		return protocol.CodeHostCallDenied, "error.host_call.capability_denied", "Host call capability denied"
	case protocol.StatusNotFound:
		return protocol.CodeHostCallNotFound, "error.host_call.not_found", "Host call target not found"
	case protocol.StatusInvalidRequest:
		return protocol.CodeHostCallInvalid, "error.host_call.invalid_request", "Invalid host call request"
	case protocol.StatusInternalError:
		return protocol.CodeHostCallInternal, "error.host_call.internal_error", "Host call failed"
	default:
		return "HOST_CALL_FAILED", "error.host_call.failed", "Host call failed"
	}
}

func orElse(text, ifBlank string) string {
	if text = strings.TrimSpace(text); text != "" {
		return text
	}
	return ifBlank
}
