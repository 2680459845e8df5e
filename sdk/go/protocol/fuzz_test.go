// SPDX-License-Identifier: Apache-2.0

package protocol

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"testing"
)

// FuzzDecode feeds any bytes to every decoder: it fails with nothing but a
// DecodeError, and what it decodes encodes to bytes that are stable.
func FuzzDecode(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		for name, message := range codecs {
			decoded, err := message.decode(raw)
			if err != nil {
				var fault DecodeError
				if !errors.As(err, &fault) {
					t.Fatalf("%s: %v is not a DecodeError", name, err)
				}
				continue
			}
			// The first encoding trims and drops entries with a blank key only
			// when it is read again, so stable means from the second on.
			first := decoded.(encoder).AppendTo(nil)
			second := again(t, name, message, first)
			third := again(t, name, message, second)
			if !bytes.Equal(second, third) {
				t.Fatalf("%s: %x encodes to %x, then to %x", name, raw, second, third)
			}
		}
	})
}

func again(t *testing.T, name string, message codec, raw []byte) []byte {
	t.Helper()
	decoded, err := message.decode(raw)
	if err != nil {
		t.Fatalf("%s: own encoding %x does not decode: %v", name, raw, err)
	}
	return decoded.(encoder).AppendTo(nil)
}

// FuzzDecodeJSON feeds any text to the readers of JSON answers.
func FuzzDecodeJSON(f *testing.F) {
	f.Add([]byte(`{"values":{"one":"1"},"missingKeys":["two"]}`))
	f.Add([]byte(`{"errorCode":"X","messageParams":{"limit":255,"a":[1.5e3,null]},"fallback":"\ud83d\ude00"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		payload, ok := DecodeErrorPayload(text)
		if ok && !json.Valid(text) {
			t.Fatalf("%q was read as JSON: %+v", text, payload)
		}
		values, missing, err := DecodeValuesAnswerJSON(text)
		if err != nil {
			return
		}
		written := AppendValuesAnswerJSON(nil, values, missing)
		if !json.Valid(written) {
			t.Fatalf("%q was written as %q", text, written)
		}
	})
}

func addSeeds(f *testing.F) {
	text, err := os.ReadFile("../../../itests/src/test/resources/vectors.json")
	if err != nil {
		f.Add([]byte{0x08, 0x01})
		return
	}
	var all []struct{ Hex string }
	if err := json.Unmarshal(text, &all); err != nil {
		f.Fatal(err)
	}
	for _, vector := range all {
		if raw, err := hex.DecodeString(vector.Hex); err == nil {
			f.Add(raw)
		}
	}
}
