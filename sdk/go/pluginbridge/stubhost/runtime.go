// SPDX-License-Identifier: Apache-2.0

package stubhost

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"patchbay.io/sdk/go/protocol"
)

type method func(*Host, []byte) ([]byte, *Failure)

// methods are the ten methods of the host service "runtime" (contract 4).
var methods map[string]method

func init() {
	methods = map[string]method{
		protocol.MethodLogWrite:        (*Host).logWrite,
		protocol.MethodStateGet:        (*Host).stateGet,
		protocol.MethodStateGetMany:    (*Host).stateGetMany,
		protocol.MethodStateSet:        (*Host).stateSet,
		protocol.MethodStateSetMany:    (*Host).stateSetMany,
		protocol.MethodStateDelete:     (*Host).stateDelete,
		protocol.MethodStateDeleteMany: (*Host).stateDeleteMany,
		protocol.MethodInfoNow: func(h *Host, _ []byte) ([]byte, *Failure) {
			return value(strconv.FormatInt(h.now.UnixMilli(), 10))
		},
		protocol.MethodInfoUUID: func(h *Host, _ []byte) ([]byte, *Failure) { return value(h.nextUUID()) },
		protocol.MethodInfoNode: func(h *Host, _ []byte) ([]byte, *Failure) { return value(h.node) },
	}
}

func value(text string) ([]byte, *Failure) {
	response := protocol.ValueResponse{Value: text}
	return response.AppendTo(nil), nil
}

func (h *Host) logWrite(payload []byte) ([]byte, *Failure) {
	request, err := protocol.DecodeLogRequest(payload)
	if err != nil {
		return nil, invalid(err)
	}
	entry := LogEntry{Level: request.Level, Message: request.Message, Fields: request.Fields}
	if entry.Level < protocol.LogLevelDebug || entry.Level > protocol.LogLevelError {
		entry.Level = protocol.LogLevelInfo
	}
	h.logs = append(h.logs, entry)
	return nil, nil
}

func (h *Host) stateGet(payload []byte) ([]byte, *Failure) {
	request, err := protocol.DecodeStateGetRequest(payload)
	if err != nil {
		return nil, invalid(err)
	}
	key, failure := checkKey(request.Key)
	if failure != nil {
		return nil, failure
	}
	text, found := h.state[key]
	response := protocol.StateGetResponse{Value: text, Found: found}
	return response.AppendTo(nil), nil
}

func (h *Host) stateSet(payload []byte) ([]byte, *Failure) {
	request, err := protocol.DecodeStateSetRequest(payload)
	if err != nil {
		return nil, invalid(err)
	}
	key, failure := checkKey(request.Key)
	if failure != nil {
		return nil, failure
	}
	if len(request.Value) > protocol.MaxStateValueBytes {
		return nil, overLimit(protocol.MaxStateValueBytes)
	}
	h.state[key] = request.Value
	return nil, nil
}

func (h *Host) stateDelete(payload []byte) ([]byte, *Failure) {
	request, err := protocol.DecodeStateDeleteRequest(payload)
	if err != nil {
		return nil, invalid(err)
	}
	key, failure := checkKey(request.Key)
	if failure != nil {
		return nil, failure
	}
	delete(h.state, key)
	return nil, nil
}

func (h *Host) stateGetMany(payload []byte) ([]byte, *Failure) {
	keys, failure := batchKeys(payload)
	if failure != nil {
		return nil, failure
	}
	values := make(map[string]string)
	var missing []string
	total := 0
	for _, key := range keys {
		text, found := h.state[key]
		if !found {
			missing = append(missing, key)
			continue
		}
		values[key] = text
		total += len(text)
	}
	if total > protocol.MaxStateValueBytes {
		return nil, overLimit(protocol.MaxStateValueBytes)
	}
	response := protocol.JSONResponse{Value: protocol.AppendValuesAnswerJSON(nil, values, missing)}
	return response.AppendTo(nil), nil
}

func (h *Host) stateSetMany(payload []byte) ([]byte, *Failure) {
	var request struct {
		Values map[string]string `json:"values"`
	}
	if failure := decodeBatch(payload, &request); failure != nil {
		return nil, failure
	}
	if len(request.Values) > protocol.MaxStateBatchKeys {
		return nil, overLimit(protocol.MaxStateBatchKeys)
	}
	accepted := make(map[string]string)
	total := 0
	for _, raw := range slices.Sorted(maps.Keys(request.Values)) {
		key, failure := checkKey(raw)
		if failure != nil {
			return nil, failure
		}
		if total += len(request.Values[raw]); total > protocol.MaxStateValueBytes {
			return nil, overLimit(protocol.MaxStateValueBytes)
		}
		accepted[key] = request.Values[raw]
	}
	maps.Copy(h.state, accepted)
	return nil, nil
}

func (h *Host) stateDeleteMany(payload []byte) ([]byte, *Failure) {
	keys, failure := batchKeys(payload)
	if failure != nil {
		return nil, failure
	}
	for _, key := range keys {
		delete(h.state, key)
	}
	return nil, nil
}

// batchKeys checks key by key in the order of the request (contract 3.2).
func batchKeys(payload []byte) ([]string, *Failure) {
	var request struct {
		Keys []string `json:"keys"`
	}
	if failure := decodeBatch(payload, &request); failure != nil {
		return nil, failure
	}
	var keys []string
	for _, raw := range request.Keys {
		key, failure := checkKey(raw)
		if failure != nil {
			return nil, failure
		}
		if slices.Contains(keys, key) {
			continue
		}
		if len(keys) == protocol.MaxStateBatchKeys {
			return nil, overLimit(protocol.MaxStateBatchKeys)
		}
		keys = append(keys, key)
	}
	return keys, nil
}

func decodeBatch(payload []byte, request any) *Failure {
	message, err := protocol.DecodeJSONRequest(payload)
	if err != nil {
		return invalid(err)
	}
	if len(message.Value) == 0 {
		return nil
	}
	if err := json.Unmarshal(message.Value, request); err != nil {
		return invalid(fmt.Errorf("decode capability JSON request failed: %w", err))
	}
	return nil
}

// checkKey trims a key and refuses it when it is empty or too long
// (contract 3.2).
func checkKey(raw string) (string, *Failure) {
	key := strings.TrimSpace(raw)
	if key == "" {
		return "", &Failure{
			Status:     protocol.StatusInvalidRequest,
			ErrorCode:  protocol.CodeCapabilityDenied,
			MessageKey: "error.capability.denied",
			Fallback:   "Capability access is denied",
		}
	}
	if len(key) > protocol.MaxStateKeyBytes {
		return "", overLimit(protocol.MaxStateKeyBytes)
	}
	return key, nil
}

func overLimit(limit int) *Failure {
	return &Failure{
		Status:     protocol.StatusInvalidRequest,
		ErrorCode:  protocol.CodeLimitExceeded,
		MessageKey: "error.capability.limit.exceeded",
		Params:     map[string]any{"limit": limit},
		Fallback:   fmt.Sprintf("Capability request exceeds limit %d", limit),
	}
}

func invalid(err error) *Failure {
	return refuse(protocol.StatusInvalidRequest, err.Error())
}
