// SPDX-License-Identifier: Apache-2.0

package pluginbridge

import (
	"strconv"

	"patchbay.io/sdk/go/protocol"
)

// HostCallError is the host's no to one call. Find it with errors.As.
type HostCallError struct {
	// Status is one of the protocol.Status constants, never StatusSuccess.
	Status uint32
	// ErrorCode tells the reason to programs, for instance
	// protocol.CodeLimitExceeded. It is empty when the host gave none.
	ErrorCode string
	// MessageKey names the message for translation.
	MessageKey string
	// Params are the values in the message: string, bool, int64, float64, nil,
	// []any or map[string]any. Nil when there are none.
	Params map[string]any
	// Fallback is the message for people, in English.
	Fallback string

	payload string
}

// Error returns "host call error (status=N): " and the payload as the host
// sent it (contract 1.5).
func (e *HostCallError) Error() string {
	status := strconv.FormatUint(uint64(e.Status), 10)
	payload := e.payload
	if payload == "" {
		payload = "host call failed with status " + status
	}
	return "host call error (status=" + status + "): " + payload
}

// Denied says that the operator has not granted the method.
func (e *HostCallError) Denied() bool {
	return e.Status == protocol.StatusDenied
}

func newHostCallError(status uint32, payload []byte) *HostCallError {
	described, _ := protocol.DecodeErrorPayload(payload)
	return &HostCallError{
		Status:     status,
		ErrorCode:  described.ErrorCode,
		MessageKey: described.MessageKey,
		Params:     described.Params,
		Fallback:   described.Fallback,
		payload:    string(payload),
	}
}

// ValueError says that a stored text is not what a typed method expects.
type ValueError struct {
	// Key is the key whose value was read.
	Key string
	// Value is the stored text.
	Value string
}

// Error names the key and quotes the value, cut after 64 bytes.
func (e *ValueError) Error() string {
	return "state value of " + quote(e.Key) + " is not a decimal integer: " + quote(e.Value)
}

func quote(text string) string {
	const most = 64
	if len(text) <= most {
		return strconv.Quote(text)
	}
	return strconv.Quote(text[:most]) + "…"
}
