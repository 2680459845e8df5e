// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"bytes"
	"testing"
)

func TestVarintBounds(t *testing.T) {
	for name, given := range map[string]struct {
		raw  string
		want uint64
		ok   bool
	}{
		"empty":          {"", 0, false},
		"zero":           {"\x00", 0, true},
		"overlong zero":  {"\x80\x80\x00", 0, true},
		"truncated":      {"\xff\xff", 0, false},
		"largest":        {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 1<<64 - 1, true},
		"tenth too high": {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", 0, false},
		"eleven bytes":   {"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x00", 0, false},
	} {
		reader := NewReader([]byte(given.raw))
		got, ok := reader.Varint()
		if ok != given.ok || ok && got != given.want {
			t.Errorf("%s: got %d, %v", name, got, ok)
		}
	}
}

func TestTagBounds(t *testing.T) {
	for name, given := range map[string]struct {
		number uint64
		ok     bool
	}{
		"zero":     {0, false},
		"one":      {1, true},
		"largest":  {1<<31 - 1, true},
		"too high": {1 << 31, false},
	} {
		reader := NewReader(AppendVarint(nil, given.number<<3|2))
		field, wireType, ok := reader.Tag()
		if ok != given.ok || ok && (field != int(given.number) || wireType != 2) {
			t.Errorf("%s: got %d, %d, %v", name, field, wireType, ok)
		}
	}
}

func TestALengthBeyondTheEndIsRefused(t *testing.T) {
	for _, raw := range []string{"\x01", "\x03ab", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01a"} {
		reader := NewReader([]byte(raw))
		if got, ok := reader.Bytes(); ok {
			t.Errorf("%x: got %x", raw, got)
		}
	}
}

func TestSkippedGroupsNestToALimit(t *testing.T) {
	skip := func(depth int) bool {
		raw := append(bytes.Repeat([]byte{0x0b}, depth-1), bytes.Repeat([]byte{0x0c}, depth)...)
		reader := NewReader(raw)
		return reader.Skip(1, typeGroup) && !reader.More()
	}
	if !skip(1) || !skip(10_001) || skip(10_002) {
		t.Errorf("got %v, %v, %v", skip(1), skip(10_001), skip(10_002))
	}
}

func TestTrimCutsTheWhiteSpaceOfTheContractOnly(t *testing.T) {
	white := "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2005\u200a\u2028\u2029\u202f\u205f\u3000"
	if got := Trim(white + "x" + white); got != "x" {
		t.Errorf("got %q", got)
	}
	for _, other := range []string{"\u001c", "\u001f", "\u200b", "\u180e", "\ufeff", "\xff"} {
		if got := Trim(other); got != other {
			t.Errorf("%q was cut", other)
		}
	}
}

func TestNegativeNumbersTakeTenBytes(t *testing.T) {
	got := AppendInt32(nil, 1, -1)
	if !bytes.Equal(got, []byte("\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01")) {
		t.Errorf("got %x", got)
	}
}
