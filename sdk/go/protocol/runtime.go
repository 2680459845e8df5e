// SPDX-License-Identifier: Apache-2.0

package protocol

import "patchbay.io/sdk/go/internal/wire"

// LogRequest is the payload of log.write (contract 2.5).
type LogRequest struct {
	Level   LogLevel
	Message string
	Fields  map[string]string
}

// AppendTo appends the encoded message to dst.
func (m *LogRequest) AppendTo(dst []byte) []byte {
	dst = wire.AppendInt32(dst, 1, int32(m.Level))
	dst = wire.AppendTrimmed(dst, 2, m.Message)
	return wire.AppendStringMap(dst, 3, m.Fields)
}

// DecodeLogRequest reads an encoded message.
func DecodeLogRequest(data []byte) (LogRequest, error) {
	var m LogRequest
	r := wire.NewReader(data)
	for r.More() {
		field, wireType, ok := r.Tag()
		if !ok {
			return m, DecodeError("failed to decode host call log request tag")
		}
		switch field {
		case 1:
			level, ok := r.Int32()
			if !ok {
				return m, DecodeError("failed to decode host call log level")
			}
			m.Level = LogLevel(level)
		case 2:
			if m.Message, ok = r.Text(); !ok {
				return m, DecodeError("failed to decode host call log message")
			}
		case 3:
			entry, ok := r.Bytes()
			if !ok {
				return m, DecodeError("failed to decode host call log fields")
			}
			var err error
			if m.Fields, err = wire.PutStringEntry(m.Fields, entry); err != nil {
				return m, err
			}
		default:
			if !r.Skip(field, wireType) {
				return m, DecodeError("failed to skip unknown host call log field")
			}
		}
	}
	return m, nil
}

// StateGetRequest is the payload of state.get (contract 2.5).
type StateGetRequest struct {
	Key string
}

// AppendTo appends the encoded message to dst.
func (m *StateGetRequest) AppendTo(dst []byte) []byte {
	return wire.AppendTrimmed(dst, 1, m.Key)
}

// DecodeStateGetRequest reads an encoded message.
func DecodeStateGetRequest(data []byte) (StateGetRequest, error) {
	key, err := decodeOneText(data, "state get request", "state get key", "state get")
	return StateGetRequest{Key: key}, err
}

// StateDeleteRequest is the payload of state.delete (contract 2.5).
type StateDeleteRequest struct {
	Key string
}

// AppendTo appends the encoded message to dst.
func (m *StateDeleteRequest) AppendTo(dst []byte) []byte {
	return wire.AppendTrimmed(dst, 1, m.Key)
}

// DecodeStateDeleteRequest reads an encoded message.
func DecodeStateDeleteRequest(data []byte) (StateDeleteRequest, error) {
	key, err := decodeOneText(data, "state delete request", "state delete key", "state delete")
	return StateDeleteRequest{Key: key}, err
}

// StateGetResponse is the answer to state.get (contract 2.5).
type StateGetResponse struct {
	// Value is the stored text, byte for byte.
	Value string
	// Found tells a stored empty text from a missing key.
	Found bool
}

// AppendTo appends the encoded message to dst.
func (m *StateGetResponse) AppendTo(dst []byte) []byte {
	dst = wire.AppendRaw(dst, 1, m.Value)
	return wire.AppendBool(dst, 2, m.Found)
}

// DecodeStateGetResponse reads an encoded message.
func DecodeStateGetResponse(data []byte) (StateGetResponse, error) {
	var m StateGetResponse
	r := wire.NewReader(data)
	for r.More() {
		field, wireType, ok := r.Tag()
		if !ok {
			return m, DecodeError("failed to decode state get response tag")
		}
		switch field {
		case 1:
			if m.Value, ok = r.Text(); !ok {
				return m, DecodeError("failed to decode state get value")
			}
		case 2:
			if m.Found, ok = r.Bool(); !ok {
				return m, DecodeError("failed to decode state get found")
			}
		default:
			if !r.Skip(field, wireType) {
				return m, DecodeError("failed to skip unknown state get response field")
			}
		}
	}
	return m, nil
}

// StateSetRequest is the payload of state.set (contract 2.5).
type StateSetRequest struct {
	Key string
	// Value is stored byte for byte; white space around it stays.
	Value string
}

// AppendTo appends the encoded message to dst.
func (m *StateSetRequest) AppendTo(dst []byte) []byte {
	dst = wire.AppendTrimmed(dst, 1, m.Key)
	return wire.AppendRaw(dst, 2, m.Value)
}

// DecodeStateSetRequest reads an encoded message.
func DecodeStateSetRequest(data []byte) (StateSetRequest, error) {
	var m StateSetRequest
	r := wire.NewReader(data)
	for r.More() {
		field, wireType, ok := r.Tag()
		if !ok {
			return m, DecodeError("failed to decode state set request tag")
		}
		switch field {
		case 1:
			if m.Key, ok = r.Text(); !ok {
				return m, DecodeError("failed to decode state set key")
			}
		case 2:
			if m.Value, ok = r.Text(); !ok {
				return m, DecodeError("failed to decode state set value")
			}
		default:
			if !r.Skip(field, wireType) {
				return m, DecodeError("failed to skip unknown state set field")
			}
		}
	}
	return m, nil
}

// ValueResponse is the answer to the methods info.* (contract 2.5).
type ValueResponse struct {
	Value string
}

// AppendTo appends the encoded message to dst.
func (m *ValueResponse) AppendTo(dst []byte) []byte {
	return wire.AppendTrimmed(dst, 1, m.Value)
}

// DecodeValueResponse reads an encoded message.
func DecodeValueResponse(data []byte) (ValueResponse, error) {
	const name = "host service value response"
	value, err := decodeOneText(data, name, name+" value", name)
	return ValueResponse{Value: value}, err
}

// JSONRequest carries the JSON text of a batch method (contract 2.5).
type JSONRequest struct {
	Value []byte
}

// AppendTo appends the encoded message to dst.
func (m *JSONRequest) AppendTo(dst []byte) []byte {
	return wire.AppendBytes(dst, 1, m.Value)
}

// DecodeJSONRequest reads an encoded message.
func DecodeJSONRequest(data []byte) (JSONRequest, error) {
	const name = "host service JSON request"
	value, err := decodeOneField(data, name, name+" value", name)
	return JSONRequest{Value: value}, err
}

// JSONResponse carries the JSON text of a batch method's answer (contract 2.5).
type JSONResponse struct {
	Value []byte
}

// AppendTo appends the encoded message to dst.
func (m *JSONResponse) AppendTo(dst []byte) []byte {
	return wire.AppendBytes(dst, 1, m.Value)
}

// DecodeJSONResponse reads an encoded message.
func DecodeJSONResponse(data []byte) (JSONResponse, error) {
	const name = "host service JSON response"
	value, err := decodeOneField(data, name, name+" value", name)
	return JSONResponse{Value: value}, err
}

func decodeOneText(data []byte, message, value, unknown string) (string, error) {
	raw, err := decodeOneField(data, message, value, unknown)
	return string(raw), err
}

// decodeOneField reads a message whose only known field is number 1.
func decodeOneField(data []byte, message, value, unknown string) ([]byte, error) {
	var found []byte
	r := wire.NewReader(data)
	for r.More() {
		field, wireType, ok := r.Tag()
		if !ok {
			return nil, DecodeError("failed to decode " + message + " tag")
		}
		if field == 1 {
			if found, ok = r.Bytes(); !ok {
				return nil, DecodeError("failed to decode " + value)
			}
			continue
		}
		if !r.Skip(field, wireType) {
			return nil, DecodeError("failed to skip unknown " + unknown + " field")
		}
	}
	return found, nil
}
