// SPDX-License-Identifier: Apache-2.0

package stubhost

import (
	"bytes"
	"encoding/hex"
	"maps"
	"strings"
	"testing"
	"time"

	"patchbay.io/sdk/go/internal/vectors"
	"patchbay.io/sdk/go/protocol"
)

type exchange struct {
	PluginID string
	Grants   []struct {
		Service string
		Methods []string
	}
	State, StateAfter map[string]string
	Opcode            uint32
	RequestHex        string
	RequestGenerator  *struct{ Method, JSON string }
	Fixed             struct {
		NowMillis      int64
		UUID, Hostname string
	}
}

// TestExchangeVectors sends the golden requests and compares the whole answers,
// byte for byte.
func TestExchangeVectors(t *testing.T) {
	ran := 0
	for _, vector := range vectors.Load(t) {
		// A stub host always has a context: there is no start section here.
		if vector.Message != "HostCallExchange" || vector.NoContext {
			continue
		}
		ran++
		t.Run(vector.ID, func(t *testing.T) {
			var given exchange
			vectors.Unmarshal(t, vector.Fields, &given)
			host := given.host()
			got, err := host.HostCall(given.Opcode, given.request(t))
			if err != nil {
				t.Fatal(err)
			}
			if want := vector.Bytes(t); !bytes.Equal(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
			if given.StateAfter != nil && !maps.Equal(host.State(), given.StateAfter) {
				t.Errorf("state after: got %v, want %v", host.State(), given.StateAfter)
			}
		})
	}
	if ran < 40 {
		t.Errorf("only %d exchanges ran", ran)
	}
}

func (e exchange) host() *Host {
	host := New()
	host.SetPluginID(e.PluginID)
	host.Revoke(methodNames()...)
	for _, grant := range e.Grants {
		if grant.Service == protocol.ServiceRuntime {
			host.Grant(grant.Methods...)
		}
	}
	for key, value := range e.State {
		host.SetState(key, value)
	}
	host.SetTime(time.UnixMilli(e.Fixed.NowMillis))
	host.SetUUIDs(e.Fixed.UUID)
	host.SetNode(e.Fixed.Hostname)
	return host
}

func (e exchange) request(t *testing.T) []byte {
	t.Helper()
	if e.RequestGenerator == nil {
		raw, err := hex.DecodeString(e.RequestHex)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	const placeholder = "<1048577 times the letter x>"
	if !strings.Contains(e.RequestGenerator.JSON, placeholder) {
		t.Fatalf("unknown generator %q", e.RequestGenerator.JSON)
	}
	text := strings.Replace(e.RequestGenerator.JSON, placeholder, `"`+strings.Repeat("x", 1048577)+`"`, 1)
	payload := protocol.JSONRequest{Value: []byte(text)}
	request := protocol.HostServiceRequest{
		Service: protocol.ServiceRuntime,
		Method:  e.RequestGenerator.Method,
		Payload: payload.AppendTo(nil),
	}
	return request.AppendTo(nil)
}
