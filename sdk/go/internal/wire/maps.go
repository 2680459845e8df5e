// SPDX-License-Identifier: Apache-2.0

package wire

// Fault is a decoding failure with a fixed text; the texts are part of the
// contract.
type Fault string

// Error returns the text.
func (f Fault) Error() string { return string(f) }

// The failures inside a map entry (contract 2.2).
const (
	faultEntryTag   Fault = "failed to decode string map entry tag"
	faultEntryKey   Fault = "failed to decode string map entry key"
	faultEntryValue Fault = "failed to decode string map entry value"
	faultEntrySkip  Fault = "failed to skip unknown string map entry field"
	faultListTag    Fault = "failed to decode string list entry tag"
	faultListKey    Fault = "failed to decode string list entry key"
	faultListValue  Fault = "failed to decode string list entry value"
	faultListSkip   Fault = "failed to skip unknown string list entry field"
)

// AppendStringMap appends one entry per key, in byte order of the keys as they
// are. Keys and values are trimmed and written even when empty.
func AppendStringMap(dst []byte, field int, m map[string]string) []byte {
	var entry []byte
	for _, key := range SortedKeys(m) {
		entry = AppendText(entry[:0], 1, Trim(key))
		entry = AppendText(entry, 2, Trim(m[key]))
		dst = AppendMessage(dst, field, entry)
	}
	return dst
}

// AppendListMap appends one entry per key, in byte order of the keys as they
// are. An empty list writes only its key.
func AppendListMap(dst []byte, field int, m map[string][]string) []byte {
	var entry []byte
	for _, key := range SortedKeys(m) {
		entry = AppendText(entry[:0], 1, Trim(key))
		for _, value := range m[key] {
			entry = AppendText(entry, 2, Trim(value))
		}
		dst = AppendMessage(dst, field, entry)
	}
	return dst
}

// PutStringEntry decodes one entry into m, which it makes when it is nil. An
// entry with a blank key is dropped.
func PutStringEntry(m map[string]string, raw []byte) (map[string]string, error) {
	r := NewReader(raw)
	var key, value string
	for r.More() {
		field, wireType, ok := r.Tag()
		if !ok {
			return m, faultEntryTag
		}
		switch field {
		case 1:
			if key, ok = r.Text(); !ok {
				return m, faultEntryKey
			}
		case 2:
			if value, ok = r.Text(); !ok {
				return m, faultEntryValue
			}
		default:
			if !r.Skip(field, wireType) {
				return m, faultEntrySkip
			}
		}
	}
	if Trim(key) == "" {
		return m, nil
	}
	if m == nil {
		m = make(map[string]string)
	}
	m[key] = value
	return m, nil
}

// PutListEntry decodes one entry into m, which it makes when it is nil. An
// entry with a blank key is dropped; a later entry replaces an earlier one.
func PutListEntry(m map[string][]string, raw []byte) (map[string][]string, error) {
	r := NewReader(raw)
	var key string
	var values []string
	for r.More() {
		field, wireType, ok := r.Tag()
		if !ok {
			return m, faultListTag
		}
		switch field {
		case 1:
			if key, ok = r.Text(); !ok {
				return m, faultListKey
			}
		case 2:
			value, ok := r.Text()
			if !ok {
				return m, faultListValue
			}
			values = append(values, value)
		default:
			if !r.Skip(field, wireType) {
				return m, faultListSkip
			}
		}
	}
	if Trim(key) == "" {
		return m, nil
	}
	if m == nil {
		m = make(map[string][]string)
	}
	m[key] = values
	return m, nil
}
