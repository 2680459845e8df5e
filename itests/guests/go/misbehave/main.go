// SPDX-License-Identifier: Apache-2.0

//go:build wasip1

// Command misbehave is a guest for tests of the host: it does wrong what a
// plugin made with Go can do wrong.
package main

import (
	"os"
	"runtime"
	"time"

	"patchbay.io/sdk/go/pluginbridge"
)

func init() {
	router := pluginbridge.NewRouter()
	router.Handle("MisbehaveReq", misbehave)
	pluginbridge.Serve(router)
}

func main() {}

func misbehave(request *pluginbridge.Request) (*pluginbridge.Response, error) {
	switch how := request.Query("how"); how {
	case "panic":
		panic("as asked")
	case "panic-goroutine":
		go panic("as asked")
		runtime.Gosched()
	case "exit":
		os.Exit(7)
	case "recursion":
		return pluginbridge.Text(200, string(rune(deeper(1)))), nil
	case "memory":
		for {
			hoard = append(hoard, make([]byte, 1<<20))
		}
	case "loop":
		for {
			turns++
		}
	case "sleep":
		time.Sleep(time.Hour)
	case "host-calls":
		for {
			if _, err := pluginbridge.Default().Runtime().Now(); err != nil {
				return nil, err
			}
		}
	case "stdout":
		os.Stdout.WriteString("a whole line\nhalf a line")
	case "write":
		for {
			os.Stderr.WriteString("again\n")
		}
	default:
		return pluginbridge.BadRequest("unknown how: " + how), nil
	}
	return pluginbridge.Text(200, "done"), nil
}

var (
	hoard [][]byte
	turns int
)

//go:noinline
func deeper(n int) int {
	return deeper(n+1) + n
}
