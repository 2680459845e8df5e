// SPDX-License-Identifier: Apache-2.0

// Package pluginbridge is what a plugin written in Go needs to run on Patchbay.
//
// A plugin answers requests. It tells the package how, once, before the first
// request comes:
//
//	func init() {
//		router := pluginbridge.NewRouter()
//		router.Handle("HelloReq", hello)
//		pluginbridge.Serve(router)
//	}
//
//	func main() {}
//
//	func hello(request *pluginbridge.Request) (*pluginbridge.Response, error) {
//		return pluginbridge.Text(200, "hello, "+request.Query("name")), nil
//	}
//
// and asks the host for what it may not do itself:
//
//	runtime := pluginbridge.Default().Runtime()
//	now, err := runtime.Now()
//
// Build it with
//
//	GOOS=wasip1 GOARCH=wasm go build -buildmode=c-shared -o plugin.wasm .
//
// The package exports the functions that the host calls:
// lina_dynamic_route_alloc, lina_dynamic_route_execute and lina_host_call_alloc.
// main stays empty; the host never calls it.
//
// # Executions
//
// Every request runs in an instance that starts from the same image: what a
// handler leaves in a variable is gone when the next request comes. What should
// last belongs into the state methods of [Runtime]. Code in init runs when the
// image is made, without grants: keep it light and do not call the host there.
//
// # Errors and panics
//
// A method that the operator has not granted answers with a [*HostCallError]
// whose Denied method is true. An error that a handler returns becomes an
// answer with status 500 and the error's text. A panic in a handler becomes an
// answer with status 500, too, and a line on standard error; the execution does
// not trap. Three things end the execution nevertheless, because Go gives no
// way to recover from them: a panic in a goroutine that the handler started,
// a fatal error of the Go runtime (stack or memory exhausted, all goroutines
// asleep), and os.Exit.
//
// # Tests
//
// Everything but the border itself compiles natively. The package
// [patchbay.io/sdk/go/pluginbridge/stubhost] stands in for the host, so that
// go test needs nothing but Go.
package pluginbridge
