// SPDX-License-Identifier: Apache-2.0

package jsontext

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]any{
		`null`:                      nil,
		` true `:                    true,
		`false`:                     false,
		`0`:                         int64(0),
		`-12`:                       int64(-12),
		`1.5e3`:                     1500.0,
		`9223372036854775807`:       int64(9223372036854775807),
		`9223372036854775808`:       9223372036854775808.0,
		`"a\"\\\/\b\f\n\r\t\u00e9"`: "a\"\\/\b\f\n\r\té",
		`"\ud83d\ude00"`:            "😀",
		`"\ud83d"`:                  "\ufffd",
		`"\ud83dx"`:                 "\ufffdx",
		`"\ud83d\u0041"`:            "\ufffdA",
		"\"\xff\"":                  "\ufffd",
		`[]`:                        []any{},
		`[1, "a"]`:                  []any{int64(1), "a"},
		`{"a":{"b":[null]}}`:        map[string]any{"a": map[string]any{"b": []any{nil}}},
		`{"a":1,"a":2}`:             map[string]any{"a": int64(2)},
	} {
		got, err := Parse([]byte(text))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %#v, %v", text, got, err)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{
		``, ` `, `{`, `[`, `"`, `"\`, `"\u12"`, `"\x"`, "\"\n\"", `tru`, `nul`, `01`, `-`, `1.`, `1e`, `.5`, `+1`,
		`[1,]`, `[1 2]`, `{"a"}`, `{"a":}`, `{"a":1,}`, `{1:2}`, `{"a":1 "b":2}`, `1 2`, `1e999`,
		strings.Repeat("[", 100) + strings.Repeat("]", 100), strings.Repeat("[", 1_000_000),
	} {
		if got, err := Parse([]byte(text)); err == nil {
			t.Errorf("%.40s: got %#v", text, got)
		}
	}
}

// FuzzAppendString compares with encoding/json, whose escaping the contract
// names.
func FuzzAppendString(f *testing.F) {
	f.Add("a\"\\\b\f\n\r\t\x00\x1f<>&\u2028\u2029\x7f/\xff\xe2\x28é😀")
	f.Fuzz(func(t *testing.T, text string) {
		want, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(AppendString(nil, text)); got != string(want) {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

// FuzzParse compares with encoding/json what is JSON and what is not.
func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"a":[1,-2.5e+3,"\ud83d\ude00",true,null]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var want any
		wanted := json.Unmarshal(text, &want)
		_, err := Parse(text)
		if (err == nil) != (wanted == nil) && err != errDepth {
			t.Errorf("%q: got %v, encoding/json says %v", text, err, wanted)
		}
	})
}
