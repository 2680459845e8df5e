// SPDX-License-Identifier: Apache-2.0

package jsontext

import (
	"errors"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth bounds how deep arrays and objects may nest.
const maxDepth = 64

// The ways in which a text is not the JSON that was expected.
var (
	errSyntax = errors.New("not valid JSON")
	errDepth  = errors.New("JSON nested too deeply")
)

// Parse reads one JSON value and nothing after it. Objects become
// map[string]any, arrays []any, strings string, literals bool and nil, and
// numbers int64 where they fit, else float64.
func Parse(text []byte) (any, error) {
	p := parser{text: text}
	value, err := p.value(0)
	if err != nil {
		return nil, err
	}
	p.space()
	if p.pos < len(p.text) {
		return nil, errSyntax
	}
	return value, nil
}

type parser struct {
	text []byte
	pos  int
}

func (p *parser) value(depth int) (any, error) {
	if depth > maxDepth {
		return nil, errDepth
	}
	p.space()
	if p.pos == len(p.text) {
		return nil, errSyntax
	}
	switch p.text[p.pos] {
	case '{':
		return p.object(depth)
	case '[':
		return p.array(depth)
	case '"':
		return p.quoted()
	case 't':
		return true, p.literal("true")
	case 'f':
		return false, p.literal("false")
	case 'n':
		return nil, p.literal("null")
	default:
		return p.number()
	}
}

func (p *parser) object(depth int) (any, error) {
	p.pos++
	members := make(map[string]any)
	if p.accept('}') {
		return members, nil
	}
	for {
		p.space()
		if p.peek() != '"' {
			return nil, errSyntax
		}
		name, err := p.quoted()
		if err != nil {
			return nil, err
		}
		if !p.accept(':') {
			return nil, errSyntax
		}
		if members[name], err = p.value(depth + 1); err != nil {
			return nil, err
		}
		if p.accept('}') {
			return members, nil
		}
		if !p.accept(',') {
			return nil, errSyntax
		}
	}
}

func (p *parser) array(depth int) (any, error) {
	p.pos++
	items := []any{}
	if p.accept(']') {
		return items, nil
	}
	for {
		item, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
		if p.accept(']') {
			return items, nil
		}
		if !p.accept(',') {
			return nil, errSyntax
		}
	}
}

func (p *parser) quoted() (string, error) {
	p.pos++
	var out []byte
	for p.pos < len(p.text) {
		b := p.text[p.pos]
		switch {
		case b == '"':
			p.pos++
			return string(out), nil
		case b < ' ':
			return "", errSyntax
		case b == '\\':
			var ok bool
			if out, ok = p.escape(out); !ok {
				return "", errSyntax
			}
		default:
			r, size := utf8.DecodeRune(p.text[p.pos:])
			out = utf8.AppendRune(out, r)
			p.pos += size
		}
	}
	return "", errSyntax
}

func (p *parser) escape(out []byte) ([]byte, bool) {
	p.pos++
	if p.pos == len(p.text) {
		return out, false
	}
	b := p.text[p.pos]
	p.pos++
	switch b {
	case '"', '\\', '/':
		return append(out, b), true
	case 'b':
		return append(out, '\b'), true
	case 'f':
		return append(out, '\f'), true
	case 'n':
		return append(out, '\n'), true
	case 'r':
		return append(out, '\r'), true
	case 't':
		return append(out, '\t'), true
	case 'u':
		return p.unicode(out)
	default:
		return out, false
	}
}

// unicode reads the digits after \u, and the second half of a surrogate pair.
func (p *parser) unicode(out []byte) ([]byte, bool) {
	first, ok := p.hex4()
	if !ok {
		return out, false
	}
	if !utf16.IsSurrogate(first) {
		return utf8.AppendRune(out, first), true
	}
	mark := p.pos
	if p.pos+1 < len(p.text) && p.text[p.pos] == '\\' && p.text[p.pos+1] == 'u' {
		p.pos += 2
		second, ok := p.hex4()
		if !ok {
			return out, false
		}
		if pair := utf16.DecodeRune(first, second); pair != utf8.RuneError {
			return utf8.AppendRune(out, pair), true
		}
		p.pos = mark
	}
	return utf8.AppendRune(out, utf8.RuneError), true
}

func (p *parser) hex4() (rune, bool) {
	if len(p.text)-p.pos < 4 {
		return 0, false
	}
	var value rune
	for _, b := range p.text[p.pos : p.pos+4] {
		switch {
		case b >= '0' && b <= '9':
			b -= '0'
		case b >= 'a' && b <= 'f':
			b -= 'a' - 10
		case b >= 'A' && b <= 'F':
			b -= 'A' - 10
		default:
			return 0, false
		}
		value = value<<4 | rune(b)
	}
	p.pos += 4
	return value, true
}

func (p *parser) number() (any, error) {
	start := p.pos
	if p.peek() == '-' {
		p.pos++
	}
	whole := p.digits()
	if whole == 0 || whole > 1 && p.text[p.pos-whole] == '0' {
		return nil, errSyntax
	}
	integral := true
	if p.peek() == '.' {
		p.pos++
		integral = false
		if p.digits() == 0 {
			return nil, errSyntax
		}
	}
	if b := p.peek(); b == 'e' || b == 'E' {
		p.pos++
		integral = false
		if b := p.peek(); b == '+' || b == '-' {
			p.pos++
		}
		if p.digits() == 0 {
			return nil, errSyntax
		}
	}
	text := string(p.text[start:p.pos])
	if integral {
		if value, err := strconv.ParseInt(text, 10, 64); err == nil {
			return value, nil
		}
	}
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return nil, errSyntax
	}
	return value, nil
}

func (p *parser) digits() int {
	start := p.pos
	for b := p.peek(); b >= '0' && b <= '9'; b = p.peek() {
		p.pos++
	}
	return p.pos - start
}

func (p *parser) literal(word string) error {
	if len(p.text)-p.pos < len(word) || string(p.text[p.pos:p.pos+len(word)]) != word {
		return errSyntax
	}
	p.pos += len(word)
	return nil
}

// accept steps over white space and then over b, if it is there.
func (p *parser) accept(b byte) bool {
	p.space()
	if p.peek() != b {
		return false
	}
	p.pos++
	return true
}

// peek returns the next byte, or 0 at the end.
func (p *parser) peek() byte {
	if p.pos == len(p.text) {
		return 0
	}
	return p.text[p.pos]
}

func (p *parser) space() {
	for p.pos < len(p.text) {
		switch p.text[p.pos] {
		case ' ', '\t', '\n', '\r':
			p.pos++
		default:
			return
		}
	}
}
