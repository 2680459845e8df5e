// SPDX-License-Identifier: Apache-2.0

package protocol

import (
	"patchbay.io/sdk/go/internal/jsontext"
	"patchbay.io/sdk/go/internal/wire"
)

// AppendKeysJSON appends the JSON with which state.get_many and
// state.delete_many name their keys (contract 2.6).
func AppendKeysJSON(dst []byte, keys []string) []byte {
	dst = append(dst, `{"keys":[`...)
	for i, key := range keys {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = jsontext.AppendString(dst, key)
	}
	return append(dst, `]}`...)
}

// AppendValuesJSON appends the JSON with which state.set_many names keys and
// values, in byte order of the keys (contract 2.6).
func AppendValuesJSON(dst []byte, values map[string]string) []byte {
	dst = append(dst, `{"values":{`...)
	for i, key := range wire.SortedKeys(values) {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(jsontext.AppendString(dst, key), ':')
		dst = jsontext.AppendString(dst, values[key])
	}
	return append(dst, `}}`...)
}

// AppendValuesAnswerJSON appends the JSON with which the host answers
// state.get_many: values in byte order of the keys, then the missing keys in
// the order in which they were asked for (contract 2.6).
func AppendValuesAnswerJSON(dst []byte, values map[string]string, missing []string) []byte {
	dst = AppendValuesJSON(dst, values)
	if len(missing) == 0 {
		return dst
	}
	dst = append(dst[:len(dst)-1], `,"missingKeys":[`...)
	for i, key := range missing {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = jsontext.AppendString(dst, key)
	}
	return append(dst, `]}`...)
}

// DecodeValuesAnswerJSON reads the host's answer to state.get_many. Values is
// never nil.
func DecodeValuesAnswerJSON(text []byte) (values map[string]string, missing []string, err error) {
	const wrong = DecodeError("failed to decode the JSON of a state.get_many answer")
	values = make(map[string]string)
	if len(text) == 0 {
		return values, nil, nil
	}
	parsed, err := jsontext.Parse(text)
	if err != nil {
		return nil, nil, wrong
	}
	answer, ok := parsed.(map[string]any)
	if !ok {
		return nil, nil, wrong
	}
	members, ok := answer["values"].(map[string]any)
	if !ok && answer["values"] != nil {
		return nil, nil, wrong
	}
	for key, member := range members {
		if values[key], ok = member.(string); !ok {
			return nil, nil, wrong
		}
	}
	items, ok := answer["missingKeys"].([]any)
	if !ok && answer["missingKeys"] != nil {
		return nil, nil, wrong
	}
	for _, item := range items {
		key, ok := item.(string)
		if !ok {
			return nil, nil, wrong
		}
		missing = append(missing, key)
	}
	return values, missing, nil
}

// ErrorPayload describes a failed host call (contract 2.7).
type ErrorPayload struct {
	ErrorCode  string
	MessageKey string
	// Params holds string, bool, int64, float64, nil, []any or map[string]any.
	Params map[string]any
	// Fallback is the message for people.
	Fallback string
}

// DecodeErrorPayload reads the payload of a host call response whose status is
// not StatusSuccess; ok is false when it is not the JSON of contract 2.7.
func DecodeErrorPayload(text []byte) (payload ErrorPayload, ok bool) {
	parsed, err := jsontext.Parse(text)
	if err != nil {
		return ErrorPayload{}, false
	}
	members, ok := parsed.(map[string]any)
	if !ok {
		return ErrorPayload{}, false
	}
	payload.ErrorCode, _ = members["errorCode"].(string)
	payload.MessageKey, _ = members["messageKey"].(string)
	payload.Params, _ = members["messageParams"].(map[string]any)
	payload.Fallback, _ = members["fallback"].(string)
	return payload, true
}
