// SPDX-License-Identifier: Apache-2.0

package pluginbridge_test

import (
	"errors"
	"fmt"

	"patchbay.io/sdk/go/pluginbridge"
	"patchbay.io/sdk/go/pluginbridge/stubhost"
	"patchbay.io/sdk/go/protocol"
)

func ExampleRouter() {
	router := pluginbridge.NewRouter()
	router.Handle("HelloReq", func(request *pluginbridge.Request) (*pluginbridge.Response, error) {
		return pluginbridge.Text(200, "hello, "+request.Query("name")), nil
	})
	// In a plugin: func init() { pluginbridge.Serve(router) }

	response, err := stubhost.Exchange(router, protocol.BridgeRequest{
		Route: &protocol.RouteSnapshot{
			RequestType: "HelloReq",
			QueryValues: map[string][]string{"name": {"Ada"}},
		},
	})
	fmt.Println(response.StatusCode, string(response.Body), err)
	// Output: 200 hello, Ada <nil>
}

func ExampleHostCallError() {
	host := stubhost.New()
	host.Revoke(protocol.MethodStateSet)

	err := host.Services().Runtime().StateSet("visits", "1")
	var refused *pluginbridge.HostCallError
	if errors.As(err, &refused) && refused.Denied() {
		fmt.Println(refused.ErrorCode)
	}
	// Output: HOST_CALL_CAPABILITY_DENIED
}

func ExampleObject() {
	object := pluginbridge.NewObject().Text("taskId", "nightly").Null("previousExport").Int("rows", 3)
	fmt.Println(string(object.Bytes()))
	// Output: {"taskId":"nightly","previousExport":null,"rows":3}
}
