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
	start := 0
	for i := 0; i < len(value); {
		b := value[i]
		if b < utf8.RuneSelf {
			if isPlain(b) {
				i++
				continue
			}
			dst = append(dst, value[start:i]...)
			dst = appendEscapedByte(dst, b)
			i++
			start = i
			continue
		}
		r, size := utf8.DecodeRuneInString(value[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			dst = append(append(dst, value[start:i]...), `\ufffd`...)
		case r == '\u2028' || r == '\u2029':
			dst = append(append(dst, value[start:i]...), `\u202`...)
			dst = append(dst, hexDigits[r&0xf])
		default:
			i += size
			continue
		}
		i += size
		start = i
	}
	return append(append(dst, value[start:]...), '"')
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
