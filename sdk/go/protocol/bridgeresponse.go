// SPDX-License-Identifier: Apache-2.0

package protocol

import "patchbay.io/sdk/go/internal/wire"

// BridgeResponse is a plugin's answer to one execution (contract 2.9).
type BridgeResponse struct {
	// StatusCode is the HTTP status; 0 and less is served as 200.
	StatusCode  int32
	ContentType string
	Headers     map[string][]string
	Body        []byte
	// Failure is nil unless the plugin reports a failure.
	Failure *BridgeFailure
}

// BridgeFailure is the reason of a failed execution.
type BridgeFailure struct {
	Code    string
	Message string
}

// WithHeader adds a value to a header of the answer and returns the answer.
func (m *BridgeResponse) WithHeader(name, value string) *BridgeResponse {
	if m.Headers == nil {
		m.Headers = make(map[string][]string)
	}
	m.Headers[name] = append(m.Headers[name], value)
	return m
}

// AppendTo appends the encoded message to dst.
func (m *BridgeResponse) AppendTo(dst []byte) []byte {
	dst = wire.AppendInt32(dst, 1, m.StatusCode)
	dst = wire.AppendTrimmed(dst, 2, m.ContentType)
	dst = wire.AppendListMap(dst, 3, m.Headers)
	dst = wire.AppendBytes(dst, 4, m.Body)
	if m.Failure == nil {
		return dst
	}
	return wire.AppendMessage(dst, 5, m.Failure.AppendTo(nil))
}

// AppendTo appends the encoded message to dst.
func (m *BridgeFailure) AppendTo(dst []byte) []byte {
	dst = wire.AppendTrimmed(dst, 1, m.Code)
	return wire.AppendTrimmed(dst, 2, m.Message)
}

// DecodeBridgeResponse reads an encoded message.
func DecodeBridgeResponse(data []byte) (BridgeResponse, error) {
	var m BridgeResponse
	r := wire.NewReader(data)
	for r.More() {
		field, wireType, ok := r.Tag()
		if !ok {
			return m, DecodeError("failed to decode bridge response tag")
		}
		var name string
		var nested []byte
		var err error
		switch field {
		case 1:
			name = "statusCode"
			m.StatusCode, ok = r.Int32()
		case 2:
			name = "contentType"
			m.ContentType, ok = r.Text()
		case 3:
			name = "headers"
			if nested, ok = r.Bytes(); ok {
				m.Headers, err = wire.PutListEntry(m.Headers, nested)
			}
		case 4:
			name = "body"
			m.Body, ok = r.Bytes()
		case 5:
			name = "failure"
			if nested, ok = r.Bytes(); ok {
				var failure BridgeFailure
				failure, err = DecodeBridgeFailure(nested)
				m.Failure = &failure
			}
		default:
			if !r.Skip(field, wireType) {
				return m, DecodeError("failed to skip unknown bridge response field")
			}
		}
		if !ok {
			return m, DecodeError("failed to decode bridge response " + name)
		}
		if err != nil {
			return m, err
		}
	}
	return m, nil
}

// DecodeBridgeFailure reads an encoded message.
func DecodeBridgeFailure(data []byte) (BridgeFailure, error) {
	var m BridgeFailure
	r := wire.NewReader(data)
	for r.More() {
		field, wireType, ok := r.Tag()
		if !ok {
			return m, DecodeError("failed to decode failure tag")
		}
		switch field {
		case 1:
			if m.Code, ok = r.Text(); !ok {
				return m, DecodeError("failed to decode failure code")
			}
		case 2:
			if m.Message, ok = r.Text(); !ok {
				return m, DecodeError("failed to decode failure message")
			}
		default:
			if !r.Skip(field, wireType) {
				return m, DecodeError("failed to skip unknown failure field")
			}
		}
	}
	return m, nil
}
