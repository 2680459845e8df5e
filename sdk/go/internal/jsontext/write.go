// SPDX-License-Identifier: Apache-2.0

// Package jsontext reads and writes the little JSON that a plugin and its host
// exchange, without reflection. The package encoding/json would add half a
// megabyte to every plugin.
package jsontext

import "unicode/utf8"

const hexDigits = "0123456789abcdef"

// AppendString appends value as a JSON string, escaped as contract 2.6 says:
// <, >, &, U+2028 and U+2029 are escaped, invalid UTF-8 becomes \ufffd.
func AppendString(dst []byte, value string) []byte {
	dst = append(dst, '"')
	for len(value) > 0 {
		plain := plainPrefix(value)
		dst = append(dst, value[:plain]...)
		value = value[plain:]
		if len(value) == 0 {
			break
		}
		var size int
		dst, size = appendEscaped(dst, value)
		value = value[size:]
	}
	return append(dst, '"')
}

// plainPrefix returns how many bytes at the start of value need no escape.
func plainPrefix(value string) int {
	for i := 0; i < len(value); {
		if value[i] < utf8.RuneSelf {
			if !isPlain(value[i]) {
				return i
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(value[i:])
		if r == utf8.RuneError && size == 1 || r == '\u2028' || r == '\u2029' {
			return i
		}
		i += size
	}
	return len(value)
}

// appendEscaped escapes the character with which value begins and returns its
// length.
func appendEscaped(dst []byte, value string) ([]byte, int) {
	if value[0] < utf8.RuneSelf {
		return appendEscapedByte(dst, value[0]), 1
	}
	r, size := utf8.DecodeRuneInString(value)
	if r == utf8.RuneError {
		return append(dst, `\ufffd`...), size
	}
	return append(dst, '\\', 'u', '2', '0', '2', hexDigits[r&0xf]), size
}

func isPlain(b byte) bool {
	return b >= ' ' && b != '"' && b != '\\' && b != '<' && b != '>' && b != '&'
}

func appendEscapedByte(dst []byte, b byte) []byte {
	switch b {
	case '"', '\\':
		return append(dst, '\\', b)
	case '\b':
		return append(dst, '\\', 'b')
	case '\f':
		return append(dst, '\\', 'f')
	case '\n':
		return append(dst, '\\', 'n')
	case '\r':
		return append(dst, '\\', 'r')
	case '\t':
		return append(dst, '\\', 't')
	default:
		return append(dst, '\\', 'u', '0', '0', hexDigits[b>>4], hexDigits[b&0xf])
	}
}
