// SPDX-License-Identifier: Apache-2.0

package protocol

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"patchbay.io/sdk/go/internal/vectors"
)

// codec gives the vector test one face for all messages.
type codec struct {
	// empty returns a pointer to an empty message.
	empty  func() any
	decode func([]byte) (any, error)
}

type encoder interface{ AppendTo([]byte) []byte }

func codecOf[M any](decode func([]byte) (M, error)) codec {
	return codec{
		empty: func() any { return new(M) },
		decode: func(raw []byte) (any, error) {
			message, err := decode(raw)
			return &message, err
		},
	}
}

var codecs = map[string]codec{
	"HostServiceRequest":  codecOf(DecodeHostServiceRequest),
	"HostCallResponse":    codecOf(DecodeHostCallResponse),
	"LogRequest":          codecOf(DecodeLogRequest),
	"StateGetRequest":     codecOf(DecodeStateGetRequest),
	"StateGetResponse":    codecOf(DecodeStateGetResponse),
	"StateSetRequest":     codecOf(DecodeStateSetRequest),
	"StateDeleteRequest":  codecOf(DecodeStateDeleteRequest),
	"ValueResponse":       codecOf(DecodeValueResponse),
	"JSONRequest":         codecOf(DecodeJSONRequest),
	"JSONResponse":        codecOf(DecodeJSONResponse),
	"BridgeRequest":       codecOf(DecodeBridgeRequest),
	"RouteSnapshot":       codecOf(DecodeRouteSnapshot),
	"HTTPRequestSnapshot": codecOf(DecodeHTTPRequestSnapshot),
	"IdentitySnapshot":    codecOf(DecodeIdentitySnapshot),
	"BridgeResponse":      codecOf(DecodeBridgeResponse),
	"BridgeFailure":       codecOf(DecodeBridgeFailure),
}

// elsewhere names the messages that a guest neither sends nor reads; the host's
// tests run their vectors. HostCallExchange runs in package stubhost.
func elsewhere(message string) bool {
	switch message {
	case "WasmContainer", "LogLine", "HostCallExchange":
		return true
	default:
		return strings.HasPrefix(message, "Cache")
	}
}

func TestVectors(t *testing.T) {
	ran := 0
	for _, vector := range vectors.Load(t) {
		if elsewhere(vector.Message) {
			continue
		}
		ran++
		t.Run(vector.ID, func(t *testing.T) {
			if vector.Message == "PackedI64" {
				checkPacked(t, vector)
				return
			}
			message, ok := codecs[vector.Message]
			if !ok {
				t.Fatalf("no codec for message %q", vector.Message)
			}
			checkVector(t, vector, message)
		})
	}
	if ran < 90 {
		t.Errorf("only %d vectors ran", ran)
	}
}

func checkVector(t *testing.T, vector vectors.Vector, message codec) {
	raw := vector.Bytes(t)
	decoded, err := message.decode(raw)
	if vector.Mode == "error" {
		if err == nil || err.Error() != vector.Error {
			t.Fatalf("decode: got error %v, want %q", err, vector.Error)
		}
		return
	}
	if err != nil {
		t.Fatalf("decode: %v", err)
	}
	want := message.empty()
	if vector.Mode == "encode" {
		vectors.Unmarshal(t, vector.Decoded, want)
	} else {
		vectors.Unmarshal(t, vector.Fields, want)
	}
	if got, want := canonical(decoded), canonical(want); got != want {
		t.Errorf("decode:\n got %s\nwant %s", got, want)
	}
	if vector.Mode == "decode" {
		return
	}
	source := message.empty()
	vectors.Unmarshal(t, vector.Fields, source)
	if got := source.(encoder).AppendTo(nil); !bytes.Equal(got, raw) {
		t.Errorf("encode:\n got %x\nwant %x", got, raw)
	}
}

func checkPacked(t *testing.T, vector vectors.Vector) {
	var fields struct{ Pointer, Length uint32 }
	vectors.Unmarshal(t, vector.Fields, &fields)
	packed := Pack(fields.Pointer, fields.Length)
	if got := fmt.Sprintf("%016x", packed); got != vector.Hex {
		t.Errorf("Pack: got %s, want %s", got, vector.Hex)
	}
	pointer, length := Unpack(packed)
	if pointer != fields.Pointer || length != fields.Length {
		t.Errorf("Unpack: got %d, %d", pointer, length)
	}
}

// canonical writes a message so that absent and empty look the same.
func canonical(message any) string {
	var out strings.Builder
	write(&out, reflect.ValueOf(message))
	return out.String()
}

func write(out *strings.Builder, value reflect.Value) {
	switch {
	case value.Kind() == reflect.Pointer && value.IsNil():
		out.WriteString("nil")
	case value.Kind() == reflect.Pointer:
		write(out, value.Elem())
	case value.Kind() == reflect.Struct:
		for i := range value.NumField() {
			fmt.Fprintf(out, "{%s: ", value.Type().Field(i).Name)
			write(out, value.Field(i))
			out.WriteString("}")
		}
	default:
		fmt.Fprintf(out, "%#v", plain(value))
	}
}

func plain(value reflect.Value) any {
	if kind := value.Kind(); (kind == reflect.Map || kind == reflect.Slice) && value.Len() == 0 {
		return nil
	}
	if lists, ok := value.Interface().(map[string][]string); ok {
		joined := make(map[string]string)
		for key, list := range lists {
			joined[key] = fmt.Sprintf("%d %q", len(list), list)
		}
		return joined
	}
	return value.Interface()
}
