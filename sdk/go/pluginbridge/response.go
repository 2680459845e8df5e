// SPDX-License-Identifier: Apache-2.0

package pluginbridge

import (
	"strconv"

	"patchbay.io/sdk/go/internal/jsontext"
	"patchbay.io/sdk/go/protocol"
)

// Response is a handler's answer. Build it with one of the functions below.
type Response = protocol.BridgeResponse

const (
	typeJSON = "application/json"
	typeText = "text/plain; charset=utf-8"
)

// JSON answers with JSON text, made by [Object] or by encoding/json (which adds
// about half a megabyte to the plugin).
func JSON(status int, text []byte) *Response {
	return Bytes(status, typeJSON, text)
}

// Text answers with plain text in UTF-8.
func Text(status int, text string) *Response {
	return Bytes(status, typeText, []byte(text))
}

// Bytes answers with any content.
func Bytes(status int, contentType string, body []byte) *Response {
	return &Response{StatusCode: int32(status), ContentType: contentType, Body: body}
}

// BadRequest answers 400; a blank message becomes "Bad Request".
func BadRequest(message string) *Response {
	return failure(400, "BAD_REQUEST", message, "Bad Request")
}

// Unauthorized answers 401; a blank message becomes "Unauthorized".
func Unauthorized(message string) *Response {
	return failure(401, "UNAUTHORIZED", message, "Unauthorized")
}

// Forbidden answers 403; a blank message becomes "Forbidden".
func Forbidden(message string) *Response {
	return failure(403, "FORBIDDEN", message, "Forbidden")
}

// NotFound answers 404; a blank message becomes "Not Found".
func NotFound(message string) *Response {
	return failure(404, "NOT_FOUND", message, "Not Found")
}

// InternalError answers 500; a blank message becomes "Internal Server Error".
func InternalError(message string) *Response {
	return failure(500, "INTERNAL_ERROR", message, "Internal Server Error")
}

// LifecycleAllowed is a lifecycle callback's yes (contract 8.3).
func LifecycleAllowed() *Response {
	return JSON(200, []byte(`{"ok":true}`))
}

// LifecycleVetoed is a lifecycle callback's no, with its reason (contract 8.3).
func LifecycleVetoed(reason string) *Response {
	return JSON(200, NewObject().Bool("ok", false).Text("reason", reason).Bytes())
}

// failure builds the answers of contract 2.9: the message is in the body, too.
func failure(status int, code, message, ifBlank string) *Response {
	if isBlank(message) {
		message = ifBlank
	}
	response := Text(status, message)
	response.Failure = &protocol.BridgeFailure{Code: code, Message: message}
	return response
}

// Object writes a JSON object whose members keep the order in which they are
// added. It is used by one goroutine at a time; adding a member twice writes it
// twice.
type Object struct {
	text []byte
}

// NewObject returns an object without members.
func NewObject() *Object {
	return &Object{text: []byte{'{'}}
}

// Text adds a string.
func (o *Object) Text(name, value string) *Object {
	o.text = jsontext.AppendString(o.member(name), value)
	return o
}

// Int adds a whole number.
func (o *Object) Int(name string, value int64) *Object {
	o.text = strconv.AppendInt(o.member(name), value, 10)
	return o
}

// Bool adds true or false.
func (o *Object) Bool(name string, value bool) *Object {
	o.text = strconv.AppendBool(o.member(name), value)
	return o
}

// Null adds null.
func (o *Object) Null(name string) *Object {
	return o.Raw(name, "null")
}

// Object adds an object.
func (o *Object) Object(name string, value *Object) *Object {
	o.text = append(o.member(name), value.Bytes()...)
	return o
}

// Raw adds a value that is already JSON text; it is not checked.
func (o *Object) Raw(name, text string) *Object {
	o.text = append(o.member(name), text...)
	return o
}

// Bytes returns the object's text, in memory of its own.
func (o *Object) Bytes() []byte {
	return append(append(make([]byte, 0, len(o.text)+1), o.text...), '}')
}

func (o *Object) member(name string) []byte {
	if len(o.text) > 1 {
		o.text = append(o.text, ',')
	}
	return append(jsontext.AppendString(o.text, name), ':')
}
