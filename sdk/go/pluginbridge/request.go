// SPDX-License-Identifier: Apache-2.0

package pluginbridge

import (
	"strings"

	"patchbay.io/sdk/go/protocol"
)

// Request is one request to the plugin. Its accessors answer "" or nil for what
// the host did not send. It is read-only.
type Request struct {
	envelope protocol.BridgeRequest
	route    protocol.RouteSnapshot
	http     protocol.HTTPRequestSnapshot
}

func newRequest(envelope protocol.BridgeRequest) *Request {
	request := &Request{envelope: envelope}
	if envelope.Route != nil {
		request.route = *envelope.Route
	}
	if envelope.Request != nil {
		request.http = *envelope.Request
	}
	return request
}

// Envelope returns everything that the host sent.
func (r *Request) Envelope() protocol.BridgeRequest { return r.envelope }

// PluginID returns the id under which this plugin is installed.
func (r *Request) PluginID() string { return r.envelope.PluginID }

// RequestID returns the host's name for this request; it is not unique.
func (r *Request) RequestID() string { return r.envelope.RequestID }

// RequestType returns the name by which the handler was chosen.
func (r *Request) RequestType() string { return r.route.RequestType }

// Method returns the HTTP method in upper case.
func (r *Request) Method() string { return r.route.Method }

// Path returns the path after the plugin's id, for instance "/export".
func (r *Request) Path() string { return r.route.InternalPath }

// RoutePath returns the path as the manifest declares it, for instance
// "/users/{id}".
func (r *Request) RoutePath() string { return r.route.RoutePath }

// PathParam returns what stands in the path where the route says {name}.
func (r *Request) PathParam(name string) string { return r.route.PathParams[name] }

// Query returns the first value of a query parameter.
func (r *Request) Query(name string) string { return first(r.route.QueryValues[name]) }

// QueryValues returns all values of a query parameter.
func (r *Request) QueryValues(name string) []string { return r.route.QueryValues[name] }

// Header returns the first value of a header, whatever the case of its name.
func (r *Request) Header(name string) string { return first(r.HeaderValues(name)) }

// HeaderValues returns all values of a header, whatever the case of its name.
// The header Authorization never reaches a plugin.
func (r *Request) HeaderValues(name string) []string {
	if values, ok := r.http.Headers[name]; ok {
		return values
	}
	for key, values := range r.http.Headers {
		if strings.EqualFold(key, name) {
			return values
		}
	}
	return nil
}

// Cookie returns the value of a cookie.
func (r *Request) Cookie(name string) string { return r.http.Cookies[name] }

// ContentType returns the type of the body as the client named it.
func (r *Request) ContentType() string { return r.http.ContentType }

// ClientIP returns the client's address as the host saw it.
func (r *Request) ClientIP() string { return r.http.ClientIP }

// Body returns the request's body; do not write to it.
func (r *Request) Body() []byte { return r.http.Body }

// Identity returns on whose behalf the request came; known is false on a public
// route and for calls of the host itself.
func (r *Request) Identity() (identity protocol.IdentitySnapshot, known bool) {
	if r.envelope.Identity == nil {
		return protocol.IdentitySnapshot{}, false
	}
	return *r.envelope.Identity, true
}

func first(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[0]
}
