// SPDX-License-Identifier: Apache-2.0

package protocol

import "patchbay.io/sdk/go/internal/wire"

// HostServiceRequest is the envelope of one host call (contract 2.4).
type HostServiceRequest struct {
	Service     string
	Method      string
	ResourceRef string
	Table       string
	Payload     []byte
	Owner       string
	Version     string
}

// AppendTo appends the encoded message to dst.
func (m *HostServiceRequest) AppendTo(dst []byte) []byte {
	dst = wire.AppendTrimmed(dst, 1, m.Service)
	dst = wire.AppendTrimmed(dst, 2, m.Method)
	dst = wire.AppendTrimmed(dst, 3, m.ResourceRef)
	dst = wire.AppendTrimmed(dst, 4, m.Table)
	dst = wire.AppendBytes(dst, 5, m.Payload)
	dst = wire.AppendTrimmed(dst, 6, m.Owner)
	return wire.AppendTrimmed(dst, 7, m.Version)
}

// DecodeHostServiceRequest reads an encoded message.
func DecodeHostServiceRequest(data []byte) (HostServiceRequest, error) {
	var m HostServiceRequest
	r := wire.NewReader(data)
	for r.More() {
		field, wireType, ok := r.Tag()
		if !ok {
			return m, DecodeError("failed to decode host service request tag")
		}
		var name string
		switch field {
		case 1:
			name = "service"
			m.Service, ok = r.Text()
		case 2:
			name = "method"
			m.Method, ok = r.Text()
		case 3:
			name = "resourceRef"
			m.ResourceRef, ok = r.Text()
		case 4:
			name = "table"
			m.Table, ok = r.Text()
		case 5:
			name = "payload"
			m.Payload, ok = r.Bytes()
		case 6:
			name = "owner"
			m.Owner, ok = r.Text()
		case 7:
			name = "version"
			m.Version, ok = r.Text()
		default:
			if !r.Skip(field, wireType) {
				return m, DecodeError("failed to skip unknown host service request field")
			}
		}
		if !ok {
			return m, DecodeError("failed to decode host service request " + name)
		}
	}
	return m, nil
}

// HostCallResponse is the answer to one host call (contract 2.3).
type HostCallResponse struct {
	// Status is one of the Status constants.
	Status uint32
	// Payload is the method's answer, or JSON that describes the error when
	// Status is not StatusSuccess.
	Payload []byte
}

// AppendTo appends the encoded message to dst.
func (m *HostCallResponse) AppendTo(dst []byte) []byte {
	dst = wire.AppendUint32(dst, 1, m.Status)
	return wire.AppendBytes(dst, 2, m.Payload)
}

// DecodeHostCallResponse reads an encoded message.
func DecodeHostCallResponse(data []byte) (HostCallResponse, error) {
	var m HostCallResponse
	r := wire.NewReader(data)
	for r.More() {
		field, wireType, ok := r.Tag()
		if !ok {
			return m, DecodeError("failed to decode host call response tag")
		}
		switch field {
		case 1:
			status, ok := r.Varint()
			if !ok {
				return m, DecodeError("failed to decode host call response status")
			}
			m.Status = uint32(status)
		case 2:
			if m.Payload, ok = r.Bytes(); !ok {
				return m, DecodeError("failed to decode host call response payload")
			}
		default:
			if !r.Skip(field, wireType) {
				return m, DecodeError("failed to skip unknown host call response field")
			}
		}
	}
	return m, nil
}
