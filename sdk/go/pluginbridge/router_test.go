// SPDX-License-Identifier: Apache-2.0

package pluginbridge

import (
	"errors"
	"strings"
	"testing"

	"patchbay.io/sdk/go/protocol"
)

func requestOf(requestType string) protocol.BridgeRequest {
	return protocol.BridgeRequest{Route: &protocol.RouteSnapshot{RequestType: requestType}}
}

func checkFailure(t *testing.T, response *Response, status int32, code, message string) {
	t.Helper()
	if response.StatusCode != status || string(response.Body) != message ||
		response.ContentType != "text/plain; charset=utf-8" || response.Failure == nil ||
		response.Failure.Code != code || response.Failure.Message != message {
		t.Errorf("got %d %q %q %+v, want %d %s %q", response.StatusCode, response.ContentType,
			response.Body, response.Failure, status, code, message)
	}
}

func TestARequestGoesToTheHandlerOfItsType(t *testing.T) {
	router := NewRouter()
	router.Handle("AReq", func(*Request) (*Response, error) { return Text(200, "a"), nil })
	router.Handle("BReq", func(*Request) (*Response, error) { return Text(201, "b"), nil })
	response := router.Dispatch(requestOf(" BReq "))
	if response.StatusCode != 201 || string(response.Body) != "b" || response.Failure != nil {
		t.Errorf("got %+v", response)
	}
}

func TestARequestWithoutRouteIsRefused(t *testing.T) {
	checkFailure(t, NewRouter().Dispatch(protocol.BridgeRequest{}), 400, "BAD_REQUEST",
		"Dynamic bridge request is missing route metadata")
}

func TestABlankRequestTypeIsRefused(t *testing.T) {
	checkFailure(t, NewRouter().Dispatch(requestOf(" \n")), 400, "BAD_REQUEST",
		"Dynamic bridge request is missing route request type")
}

func TestAnUnknownRequestTypeIsNotFound(t *testing.T) {
	checkFailure(t, NewRouter().Dispatch(requestOf("NoReq")), 404, "NOT_FOUND",
		"Dynamic bridge route not found")
}

func TestAnUndecodableRequestIsRefused(t *testing.T) {
	response, err := protocol.DecodeBridgeResponse(NewRouter().Execute([]byte{0x22, 0x01, 0x10}))
	if err != nil {
		t.Fatal(err)
	}
	checkFailure(t, &response, 400, "BAD_REQUEST", "failed to decode identity snapshot userId")
}

func TestAnErrorOfAHandlerBecomesAFailure(t *testing.T) {
	router := NewRouter()
	router.Handle("AReq", func(*Request) (*Response, error) { return nil, errors.New("disk on fire") })
	checkFailure(t, router.Dispatch(requestOf("AReq")), 500, "INTERNAL_ERROR", "disk on fire")
}

func TestAHandlerWithoutAnswerBecomesAFailure(t *testing.T) {
	router := NewRouter()
	router.Handle("AReq", func(*Request) (*Response, error) { return nil, nil })
	checkFailure(t, router.Dispatch(requestOf("AReq")), 500, "INTERNAL_ERROR",
		"the handler of AReq returned no answer")
}

func TestAPanicBecomesAFailure(t *testing.T) {
	var nothing map[string]int
	for _, given := range []struct {
		name  string
		panic func()
		text  string
	}{
		{"text", func() { panic("no way") }, "panic: no way"},
		{"error", func() { panic(errors.New("broken")) }, "panic: broken"},
		{"runtime", func() { nothing["a"] = 1 }, "panic: assignment to entry in nil map"},
		{"other", func() { panic(42) }, "panic: a value that is neither a string nor an error"},
	} {
		t.Run(given.name, func(t *testing.T) {
			router := NewRouter()
			router.Handle("AReq", func(*Request) (*Response, error) {
				given.panic()
				return Text(200, "not reached"), nil
			})
			checkFailure(t, router.Dispatch(requestOf("AReq")), 500, "INTERNAL_ERROR", given.text)
		})
	}
}

func TestMistakesInARouterPanicAtOnce(t *testing.T) {
	handler := func(*Request) (*Response, error) { return nil, nil }
	for name, mistake := range map[string]func(*Router){
		"needs a requestType":   func(r *Router) { r.Handle(" ", handler) },
		"AReq is nil":           func(r *Router) { r.Handle("AReq", nil) },
		"already has a handler": func(r *Router) { r.Handle("AReq", handler); r.Handle("AReq", handler) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if text, ok := recover().(string); !ok || !strings.Contains(text, name) {
					t.Errorf("got %q", text)
				}
			}()
			mistake(NewRouter())
			t.Error("no panic")
		})
	}
}

func TestBlankFailuresSayWhatTheStatusSays(t *testing.T) {
	checkFailure(t, BadRequest(""), 400, "BAD_REQUEST", "Bad Request")
	checkFailure(t, Unauthorized(" "), 401, "UNAUTHORIZED", "Unauthorized")
	checkFailure(t, Forbidden(""), 403, "FORBIDDEN", "Forbidden")
	checkFailure(t, NotFound("\t"), 404, "NOT_FOUND", "Not Found")
	checkFailure(t, InternalError(""), 500, "INTERNAL_ERROR", "Internal Server Error")
}

func TestRequestAccessors(t *testing.T) {
	request := newRequest(protocol.BridgeRequest{
		PluginID:  "demo",
		RequestID: "demo:GET:/users/7",
		Route: &protocol.RouteSnapshot{
			Method: "GET", InternalPath: "/users/7", RoutePath: "/users/{id}", RequestType: "UserReq",
			PathParams:  map[string]string{"id": "7"},
			QueryValues: map[string][]string{"tag": {"a", "b"}, "empty": nil},
		},
		Request: &protocol.HTTPRequestSnapshot{
			ContentType: "text/plain", ClientIP: "192.0.2.1", Body: []byte("body"),
			Headers: map[string][]string{"X-Two": {"1", "2"}},
			Cookies: map[string]string{"session": "s"},
		},
		Identity: &protocol.IdentitySnapshot{UserID: 7, TenantID: 3},
	})
	for name, pair := range map[string][2]string{
		"PluginID":     {request.PluginID(), "demo"},
		"RequestID":    {request.RequestID(), "demo:GET:/users/7"},
		"RequestType":  {request.RequestType(), "UserReq"},
		"Method":       {request.Method(), "GET"},
		"Path":         {request.Path(), "/users/7"},
		"RoutePath":    {request.RoutePath(), "/users/{id}"},
		"PathParam":    {request.PathParam("id"), "7"},
		"Query":        {request.Query("tag"), "a"},
		"Query empty":  {request.Query("empty"), ""},
		"QueryValues":  {strings.Join(request.QueryValues("tag"), ","), "a,b"},
		"Header":       {request.Header("x-two"), "1"},
		"HeaderValues": {strings.Join(request.HeaderValues("X-Two"), ","), "1,2"},
		"no header":    {request.Header("X-Three"), ""},
		"Cookie":       {request.Cookie("session"), "s"},
		"ContentType":  {request.ContentType(), "text/plain"},
		"ClientIP":     {request.ClientIP(), "192.0.2.1"},
		"Body":         {string(request.Body()), "body"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: got %q, want %q", name, pair[0], pair[1])
		}
	}
	if identity, known := request.Identity(); !known || identity.UserID != 7 || identity.TenantID != 3 {
		t.Errorf("Identity: got %+v, %v", identity, known)
	}
}

func TestAnEmptyEnvelopeHasEmptyAccessors(t *testing.T) {
	request := newRequest(protocol.BridgeRequest{})
	if _, known := request.Identity(); known || request.Query("a") != "" || request.Header("a") != "" ||
		request.Body() != nil || request.PathParam("a") != "" {
		t.Error("an absent part was taken for present")
	}
}

func TestObjectKeepsTheOrderOfItsMembers(t *testing.T) {
	inner := NewObject().Text("<", "a\"\n\u2028\xff")
	object := NewObject().Text("b", "1").Null("a").Int("n", -3).Bool("ok", true).Object("in", inner)
	want := `{"b":"1","a":null,"n":-3,"ok":true,"in":{"\u003c":"a\"\n\u2028\ufffd"}}`
	if got := string(object.Bytes()); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := string(NewObject().Bytes()); got != "{}" {
		t.Errorf("got %s", got)
	}
	if got := string(LifecycleVetoed("not now").Body); got != `{"ok":false,"reason":"not now"}` {
		t.Errorf("got %s", got)
	}
}
