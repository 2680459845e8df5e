// SPDX-License-Identifier: Apache-2.0

package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"patchbay.io/sdk/go/pluginbridge/stubhost"
	"patchbay.io/sdk/go/protocol"
)

func send(t *testing.T, query map[string][]string) protocol.BridgeResponse {
	t.Helper()
	response, err := stubhost.Exchange(router, protocol.BridgeRequest{
		Route: &protocol.RouteSnapshot{Method: "GET", RequestType: "ExportReq", QueryValues: query},
	})
	if err != nil {
		t.Fatal(err)
	}
	return response
}

func TestTheSecondExportKnowsTheFirst(t *testing.T) {
	host := stubhost.Install(t)
	host.SetTime(time.UnixMilli(1753228800123))
	host.SetNode("host-1")
	host.SetUUIDs("id-1", "id-2")

	first := send(t, nil)
	want := `{"taskId":"manual","previousExport":null,"now":"1753228800123","id":"id-1","node":"host-1"}`
	if string(first.Body) != want || first.StatusCode != 200 || first.ContentType != "application/json" {
		t.Errorf("first: got %d %s %s", first.StatusCode, first.ContentType, first.Body)
	}

	host.Advance(time.Second)
	second := send(t, map[string][]string{"taskId": {"nightly"}})
	want = `{"taskId":"nightly","previousExport":"1753228800123","now":"1753228801123","id":"id-2","node":"host-1"}`
	if string(second.Body) != want {
		t.Errorf("second: got %s", second.Body)
	}

	entry := host.Logs()[1]
	if entry.Message != "export started" || entry.Fields["taskID"] != "nightly" {
		t.Errorf("log: got %+v", entry)
	}
}

func TestTheManifestAsksForExactlyWhatIsUsed(t *testing.T) {
	host := stubhost.Install(t)
	send(t, nil)
	used := host.Calls()
	slices.Sort(used)
	want := []string{
		"runtime.info.node", "runtime.info.now", "runtime.info.uuid",
		"runtime.log.write", "runtime.state.get", "runtime.state.set",
	}
	if !slices.Equal(used, want) {
		t.Errorf("used %v", used)
	}
}

func TestADenialEndsTheExport(t *testing.T) {
	host := stubhost.Install(t)
	host.Revoke(protocol.MethodStateSet)
	response := send(t, nil)
	if response.StatusCode != 500 || !strings.Contains(string(response.Body), "runtime.state.set") {
		t.Errorf("got %d %s", response.StatusCode, response.Body)
	}
}
