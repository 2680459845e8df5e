// SPDX-License-Identifier: Apache-2.0

package pluginbridge

import (
	"strconv"

	"patchbay.io/sdk/go/protocol"
)

// Runtime is the host service "runtime". Each of its methods needs a grant of
// its own, named in the method's comment, and fails with a *HostCallError when
// the host refuses. Its methods may be used from several goroutines.
//
// State belongs to this plugin and to the tenant of the request, and outlives
// the execution. A key has 1 to 255 UTF-8 bytes after the white space around it
// is cut off; a value has at most 1 MiB and is kept byte for byte. A batch names
// at most 100 keys; its values together have at most 1 MiB.
type Runtime struct {
	services Services
}

// Log writes one log entry (grant log.write). The host adds plugin, tenant and
// time, escapes control characters, cuts what is too long and hides the values
// of fields whose name says secret. Entries beyond the host's rate are counted,
// not reported as errors.
func (r Runtime) Log(level protocol.LogLevel, message string, fields map[string]string) error {
	request := protocol.LogRequest{Level: level, Message: message, Fields: fields}
	_, err := r.invoke(protocol.MethodLogWrite, request.AppendTo(nil))
	return err
}

// Now returns the host's time as decimal text: milliseconds since 1970-01-01
// UTC (grant info.now).
func (r Runtime) Now() (string, error) {
	return r.info(protocol.MethodInfoNow)
}

// UUID returns a new identifier; by default an RFC 9562 UUID of version 7 in 36
// characters (grant info.uuid).
func (r Runtime) UUID() (string, error) {
	return r.info(protocol.MethodInfoUUID)
}

// Node returns the name of the node that runs the plugin (grant info.node).
func (r Runtime) Node() (string, error) {
	return r.info(protocol.MethodInfoNode)
}

// StateGet returns the value of a key; found is false when there is none
// (grant state.get).
func (r Runtime) StateGet(key string) (value string, found bool, err error) {
	request := protocol.StateGetRequest{Key: key}
	payload, err := r.invoke(protocol.MethodStateGet, request.AppendTo(nil))
	if err != nil {
		return "", false, err
	}
	response, err := protocol.DecodeStateGetResponse(payload)
	if err != nil {
		return "", false, &ResponseError{Cause: err}
	}
	return response.Value, response.Found, nil
}

// StateSet stores a value under a key. When it returns nil, the value is as
// durable as the operator's store (grant state.set).
func (r Runtime) StateSet(key, value string) error {
	request := protocol.StateSetRequest{Key: key, Value: value}
	_, err := r.invoke(protocol.MethodStateSet, request.AppendTo(nil))
	return err
}

// StateDelete removes a key; a key that is not there is no error
// (grant state.delete).
func (r Runtime) StateDelete(key string) error {
	request := protocol.StateDeleteRequest{Key: key}
	_, err := r.invoke(protocol.MethodStateDelete, request.AppendTo(nil))
	return err
}

// StateGetInt is StateGet for a number kept as decimal text. It fails with a
// *ValueError when the stored text is something else (grant state.get).
func (r Runtime) StateGetInt(key string) (value int, found bool, err error) {
	text, found, err := r.StateGet(key)
	if err != nil || !found {
		return 0, false, err
	}
	value, err = strconv.Atoi(text)
	if err != nil {
		return 0, true, &ValueError{Key: key, Value: text}
	}
	return value, true, nil
}

// StateSetInt is StateSet for a number, kept as decimal text
// (grant state.set).
func (r Runtime) StateSetInt(key string, value int) error {
	return r.StateSet(key, strconv.Itoa(value))
}

// StateGetMany returns the values of several keys in one call, and the keys
// that have none, in the order given (grant state.get_many).
func (r Runtime) StateGetMany(keys []string) (values map[string]string, missing []string, err error) {
	payload, err := r.batch(protocol.MethodStateGetMany, protocol.AppendKeysJSON(nil, keys))
	if err != nil {
		return nil, nil, err
	}
	response, err := protocol.DecodeJSONResponse(payload)
	if err != nil {
		return nil, nil, &ResponseError{Cause: err}
	}
	values, missing, err = protocol.DecodeValuesAnswerJSON(response.Value)
	if err != nil {
		return nil, nil, &ResponseError{Cause: err}
	}
	return values, missing, nil
}

// StateSetMany stores several values, all or none (grant state.set_many).
func (r Runtime) StateSetMany(values map[string]string) error {
	_, err := r.batch(protocol.MethodStateSetMany, protocol.AppendValuesJSON(nil, values))
	return err
}

// StateDeleteMany removes several keys, all or none; keys that are not there
// are no error (grant state.delete_many).
func (r Runtime) StateDeleteMany(keys []string) error {
	_, err := r.batch(protocol.MethodStateDeleteMany, protocol.AppendKeysJSON(nil, keys))
	return err
}

func (r Runtime) info(method string) (string, error) {
	payload, err := r.invoke(method, nil)
	if err != nil {
		return "", err
	}
	response, err := protocol.DecodeValueResponse(payload)
	if err != nil {
		return "", &ResponseError{Cause: err}
	}
	return response.Value, nil
}

func (r Runtime) batch(method string, text []byte) ([]byte, error) {
	request := protocol.JSONRequest{Value: text}
	return r.invoke(method, request.AppendTo(nil))
}

func (r Runtime) invoke(method string, payload []byte) ([]byte, error) {
	return r.services.Invoke(protocol.ServiceRuntime, method, payload)
}
