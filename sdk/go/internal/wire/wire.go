// SPDX-License-Identifier: Apache-2.0

// Package wire reads and writes the tag-length-value bytes in which plugin and
// host talk (contract 2.1).
//
// It keeps three rules that general protocol buffer libraries do not: strings
// are raw bytes, the wire type in the tag of a known field is ignored, and a
// known field decodes as the kind that its message expects.
package wire

import (
	"slices"
	"strings"
)

const (
	typeVarint  = 0
	typeFixed64 = 1
	typeBytes   = 2
	typeGroup   = 3
	typeEnd     = 4
	typeFixed32 = 5

	// maxGroupDepth is how many groups may be open at once in a skipped field.
	maxGroupDepth = 10_001

	maxFieldNumber = 1<<31 - 1
)

// Reader walks over the fields of one message. It never panics, whatever the
// bytes are, and is used by one goroutine at a time.
type Reader struct {
	data []byte
	pos  int
}

// NewReader returns a reader at the start of data, which it does not copy.
func NewReader(data []byte) Reader {
	return Reader{data: data}
}

// More says whether bytes are left.
func (r *Reader) More() bool {
	return r.pos < len(r.data)
}

// Tag reads a field number and a wire type; ok is false when the tag is
// truncated, overflows, or has a field number outside 1 to 2^31-1.
func (r *Reader) Tag() (field int, wireType int, ok bool) {
	tag, ok := r.Varint()
	if !ok {
		return 0, 0, false
	}
	number := tag >> 3
	if number == 0 || number > maxFieldNumber {
		return 0, 0, false
	}
	return int(number), int(tag & 7), true
}

// Varint reads an integer of at most ten bytes, the tenth of them below 2. A
// longer form than needed is accepted.
func (r *Reader) Varint() (uint64, bool) {
	var value uint64
	for shift := uint(0); shift < 70; shift += 7 {
		if r.pos >= len(r.data) {
			return 0, false
		}
		b := r.data[r.pos]
		r.pos++
		if shift == 63 && b > 1 {
			return 0, false
		}
		value |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return value, true
		}
	}
	return 0, false
}

// Int32 reads the low 32 bits of a varint as a signed number.
func (r *Reader) Int32() (int32, bool) {
	value, ok := r.Varint()
	return int32(uint32(value)), ok
}

// Bool reads a varint; anything but 0 is true.
func (r *Reader) Bool() (bool, bool) {
	value, ok := r.Varint()
	return value != 0, ok
}

// Bytes reads a length and that many bytes. The result shares the memory of
// the message.
func (r *Reader) Bytes() ([]byte, bool) {
	length, ok := r.Varint()
	if !ok || length > uint64(len(r.data)-r.pos) {
		return nil, false
	}
	start := r.pos
	r.pos += int(length)
	return r.data[start:r.pos:r.pos], true
}

// Text reads a length and that many bytes as a string of its own.
func (r *Reader) Text() (string, bool) {
	raw, ok := r.Bytes()
	return string(raw), ok
}

// Skip steps over the value of an unknown field. Groups nest and must match;
// wire types 6 and 7 and an end without a start are errors.
func (r *Reader) Skip(field, wireType int) bool {
	if wireType != typeGroup {
		return r.skipScalar(wireType)
	}
	open := []int{field}
	for len(open) > 0 {
		number, kind, ok := r.Tag()
		switch {
		case !ok:
			return false
		case kind == typeGroup:
			if len(open) == maxGroupDepth {
				return false
			}
			open = append(open, number)
		case kind == typeEnd:
			if open[len(open)-1] != number {
				return false
			}
			open = open[:len(open)-1]
		default:
			if !r.skipScalar(kind) {
				return false
			}
		}
	}
	return true
}

func (r *Reader) skipScalar(wireType int) bool {
	switch wireType {
	case typeVarint:
		_, ok := r.Varint()
		return ok
	case typeFixed64:
		return r.advance(8)
	case typeBytes:
		_, ok := r.Bytes()
		return ok
	case typeFixed32:
		return r.advance(4)
	default:
		return false
	}
}

func (r *Reader) advance(n int) bool {
	if len(r.data)-r.pos < n {
		return false
	}
	r.pos += n
	return true
}

// AppendVarint appends value in its shortest form.
func AppendVarint(dst []byte, value uint64) []byte {
	for value >= 0x80 {
		dst = append(dst, byte(value)|0x80)
		value >>= 7
	}
	return append(dst, byte(value))
}

// AppendUint32 appends a number field, or nothing when value is 0.
func AppendUint32(dst []byte, field int, value uint32) []byte {
	if value == 0 {
		return dst
	}
	return AppendVarint(appendTag(dst, field, typeVarint), uint64(value))
}

// AppendInt32 appends a number field, or nothing when value is 0. A negative
// value takes ten bytes (contract 2.1).
func AppendInt32(dst []byte, field int, value int32) []byte {
	if value == 0 {
		return dst
	}
	return AppendVarint(appendTag(dst, field, typeVarint), uint64(int64(value)))
}

// AppendBool appends a true, or nothing.
func AppendBool(dst []byte, field int, value bool) []byte {
	if !value {
		return dst
	}
	return append(appendTag(dst, field, typeVarint), 1)
}

// AppendBytes appends a field of raw bytes, or nothing when value is empty.
func AppendBytes(dst []byte, field int, value []byte) []byte {
	if len(value) == 0 {
		return dst
	}
	return AppendMessage(dst, field, value)
}

// AppendMessage appends a field of raw bytes even when value is empty.
func AppendMessage(dst []byte, field int, value []byte) []byte {
	dst = AppendVarint(appendTag(dst, field, typeBytes), uint64(len(value)))
	return append(dst, value...)
}

// AppendRaw appends a string as it is, or nothing when it is empty.
func AppendRaw(dst []byte, field int, value string) []byte {
	if value == "" {
		return dst
	}
	return AppendText(dst, field, value)
}

// AppendTrimmed appends a string without the white space around it, or nothing
// when nothing is left.
func AppendTrimmed(dst []byte, field int, value string) []byte {
	return AppendRaw(dst, field, Trim(value))
}

// AppendText appends a string as it is, even when it is empty.
func AppendText(dst []byte, field int, value string) []byte {
	dst = AppendVarint(appendTag(dst, field, typeBytes), uint64(len(value)))
	return append(dst, value...)
}

// Trim cuts the white space of contract 2.1 from both ends.
func Trim(value string) string {
	return strings.TrimSpace(value)
}

// SortedKeys returns the keys of a map in byte order.
func SortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

func appendTag(dst []byte, field, wireType int) []byte {
	return AppendVarint(dst, uint64(field)<<3|uint64(wireType))
}
