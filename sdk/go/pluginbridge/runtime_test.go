// SPDX-License-Identifier: Apache-2.0

package pluginbridge_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"patchbay.io/sdk/go/pluginbridge"
	"patchbay.io/sdk/go/pluginbridge/stubhost"
	"patchbay.io/sdk/go/protocol"
)

// check fails the test when err is not nil.
func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheTenMethodsReachTheHost(t *testing.T) {
	host := stubhost.Install(t)
	host.SetTime(time.UnixMilli(1753228800123))
	host.SetNode("host-1")
	runtime := pluginbridge.Default().Runtime()

	check(t, runtime.Log(protocol.LogLevelWarning, " export started ", map[string]string{"taskID": "t1"}))
	entry := host.Logs()[0]
	if entry.Level != protocol.LogLevelWarning || entry.Message != "export started" || entry.Fields["taskID"] != "t1" {
		t.Errorf("Log: got %+v", entry)
	}

	now, err := runtime.Now()
	check(t, err)
	node, err := runtime.Node()
	check(t, err)
	id, err := runtime.UUID()
	check(t, err)
	if now != "1753228800123" || node != "host-1" || id != "00000000-0000-7000-8000-000000000001" {
		t.Errorf("got %q, %q, %q", now, node, id)
	}

	check(t, runtime.StateSet("last_export_time", now))
	check(t, runtime.StateSet("empty", ""))
	check(t, runtime.StateSetMany(map[string]string{"one": "1", "two": " 2 "}))
	last, found, err := runtime.StateGet("last_export_time")
	check(t, err)
	if last != now || !found {
		t.Errorf("StateGet: got %q, %v", last, found)
	}
	empty, found, err := runtime.StateGet("empty")
	check(t, err)
	if empty != "" || !found {
		t.Errorf("StateGet of a stored empty text: got %q, %v", empty, found)
	}
	values, missing, err := runtime.StateGetMany([]string{"two", "no", "one"})
	check(t, err)
	if len(values) != 2 || values["one"] != "1" || values["two"] != " 2 " || !slices.Equal(missing, []string{"no"}) {
		t.Errorf("StateGetMany: got %v, %v", values, missing)
	}

	check(t, runtime.StateDelete("empty"))
	check(t, runtime.StateDeleteMany([]string{"one", "two", "never"}))
	if state := host.State(); len(state) != 1 {
		t.Errorf("after deleting: %v", state)
	}
	if values, missing, err := runtime.StateGetMany(nil); err != nil || len(values) != 0 || missing != nil {
		t.Errorf("StateGetMany of nothing: got %v, %v, %v", values, missing, err)
	}
}

func TestAMissingKeyIsNotFound(t *testing.T) {
	stubhost.Install(t)
	value, found, err := pluginbridge.Default().Runtime().StateGet("none")
	if value != "" || found || err != nil {
		t.Errorf("got %q, %v, %v", value, found, err)
	}
}

func TestNumbersAreDecimalText(t *testing.T) {
	host := stubhost.Install(t)
	runtime := pluginbridge.Default().Runtime()
	check(t, runtime.StateSetInt("count", -42))
	if host.State()["count"] != "-42" {
		t.Errorf("stored %q", host.State()["count"])
	}
	value, found, err := runtime.StateGetInt("count")
	if value != -42 || !found || err != nil {
		t.Errorf("got %d, %v, %v", value, found, err)
	}
	if _, found, err := runtime.StateGetInt("none"); found || err != nil {
		t.Errorf("a missing number: got %v, %v", found, err)
	}
	host.SetState("count", strings.Repeat("x", 100))
	_, _, err = runtime.StateGetInt("count")
	var wrong *pluginbridge.ValueError
	if !errors.As(err, &wrong) || wrong.Key != "count" || len(err.Error()) > 160 {
		t.Errorf("got %v", err)
	}
}

func TestADenialIsTyped(t *testing.T) {
	host := stubhost.Install(t)
	host.SetPluginID("demo-plugin")
	host.Revoke(protocol.MethodInfoUUID)
	_, err := pluginbridge.Default().Runtime().UUID()
	var refused *pluginbridge.HostCallError
	if !errors.As(fmt.Errorf("export: %w", err), &refused) {
		t.Fatalf("got %v", err)
	}
	if !refused.Denied() || refused.Status != protocol.StatusDenied ||
		refused.ErrorCode != "HOST_CALL_CAPABILITY_DENIED" ||
		refused.MessageKey != "error.host_call.capability_denied" || refused.Params != nil {
		t.Errorf("got %+v", refused)
	}
	// The text of the golden vector bres-failure-hostcall (contract 1.5).
	want := `host call error (status=1): {"errorCode":"HOST_CALL_CAPABILITY_DENIED",` +
		`"messageKey":"error.host_call.capability_denied","fallback":"plugin demo-plugin is not ` +
		`authorized for host service runtime.info.uuid resource= table="}`
	if err.Error() != want {
		t.Errorf("got  %s\nwant %s", err, want)
	}
}

func TestLimitsComeWithTheirNumbers(t *testing.T) {
	stubhost.Install(t)
	runtime := pluginbridge.Default().Runtime()
	many := make(map[string]string)
	for i := range 101 {
		many[fmt.Sprint("k", i)] = ""
	}
	for name, given := range map[string]struct {
		err   error
		limit int64
	}{
		"key":   {runtime.StateSet(strings.Repeat("é", 128), "v"), 255},
		"value": {runtime.StateSet("k", strings.Repeat("x", 1<<20+1)), 1 << 20},
		"batch": {runtime.StateSetMany(many), 100},
	} {
		var refused *pluginbridge.HostCallError
		if !errors.As(given.err, &refused) || refused.ErrorCode != protocol.CodeLimitExceeded ||
			refused.Params["limit"] != given.limit || refused.Denied() {
			t.Errorf("%s: got %v", name, given.err)
		}
	}
}

func TestAnAbsentProviderIsNamed(t *testing.T) {
	host := stubhost.Install(t)
	host.Fail(protocol.MethodInfoNow, stubhost.ProviderUnavailable("clock"))
	runtime := pluginbridge.Default().Runtime()
	_, err := runtime.Now()
	var refused *pluginbridge.HostCallError
	if !errors.As(err, &refused) || refused.ErrorCode != protocol.CodeProviderUnavailable ||
		refused.Params["provider"] != "clock" {
		t.Errorf("got %v", err)
	}
	if _, err := runtime.Now(); err != nil {
		t.Errorf("a failure was used twice: %v", err)
	}
}

func TestALostAnswerIsTheTransportsError(t *testing.T) {
	host := stubhost.Install(t)
	lost := errors.New("lost")
	host.Fail(protocol.MethodInfoNode, stubhost.Failure{Lost: lost})
	if _, err := pluginbridge.Default().Runtime().Node(); !errors.Is(err, lost) {
		t.Errorf("got %v", err)
	}
}

// answers is a host that says the same to everything.
type answers []byte

func (a answers) HostCall(uint32, []byte) ([]byte, error) { return a, nil }

func TestAStatusWithoutPayloadIsNamed(t *testing.T) {
	_, err := pluginbridge.NewServices(answers{0x08, 0x04}).Runtime().Node()
	if err == nil || err.Error() != "host call error (status=4): host call failed with status 4" {
		t.Errorf("got %v", err)
	}
}

func TestAPayloadThatIsNotJSONIsKept(t *testing.T) {
	_, err := pluginbridge.NewServices(answers("\x08\x02\x12\x02no")).Runtime().Node()
	var refused *pluginbridge.HostCallError
	if !errors.As(err, &refused) || refused.ErrorCode != "" || err.Error() != "host call error (status=2): no" {
		t.Errorf("got %v", err)
	}
}

func TestAnUndecodableAnswerIsTyped(t *testing.T) {
	for name, given := range map[string]struct{ raw, text string }{
		"envelope": {"\x80", "host call response decode failed: failed to decode host call response tag"},
		"value":    {"\x12\x01\x0a", "host call response decode failed: failed to decode host service value response value"},
	} {
		_, err := pluginbridge.NewServices(answers(given.raw)).Runtime().Node()
		var fault protocol.DecodeError
		if !errors.As(err, &fault) || err.Error() != given.text {
			t.Errorf("%s: got %v", name, err)
		}
	}
	_, _, err := pluginbridge.NewServices(answers("\x12\x04\x0a\x02[]")).Runtime().StateGetMany(nil)
	var broken *pluginbridge.ResponseError
	if !errors.As(err, &broken) {
		t.Errorf("batch: got %v", err)
	}
}

func TestWithoutAHostTheErrorSaysWhatToDo(t *testing.T) {
	_, err := pluginbridge.Default().Runtime().Now()
	if err == nil || !strings.Contains(err.Error(), "stubhost.Install") {
		t.Errorf("got %v", err)
	}
}

func TestAStubHostLeavesWithItsTest(t *testing.T) {
	t.Run("with", func(t *testing.T) {
		stubhost.Install(t)
		_, err := pluginbridge.Default().Runtime().Now()
		check(t, err)
	})
	if _, err := pluginbridge.Default().Runtime().Now(); err == nil {
		t.Error("the stub host is still there")
	}
}
