// SPDX-License-Identifier: Apache-2.0

// Package vectors reads the golden vectors of the contract for this module's
// own tests. It is not part of what a plugin is built from.
package vectors

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// Vector is one golden vector (contract 2.11).
type Vector struct {
	ID        string          `json:"id"`
	Message   string          `json:"message"`
	Mode      string          `json:"mode"`
	Fields    json.RawMessage `json:"fields"`
	Decoded   json.RawMessage `json:"decoded"`
	Hex       string          `json:"hex"`
	Error     string          `json:"error"`
	NoContext bool            `json:"noContext"`
}

// Load reads the vectors of the repository that this module stands in, or skips
// the test when the module stands alone, as in a plugin's project.
func Load(t *testing.T) []Vector {
	t.Helper()
	directory, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		path := filepath.Join(directory, "itests", "src", "test", "resources", "vectors.json")
		text, err := os.ReadFile(path)
		if err == nil {
			return parse(t, text)
		}
		parent := filepath.Dir(directory)
		if parent == directory {
			t.Skip("itests/src/test/resources/vectors.json is in no directory above this module")
		}
		directory = parent
	}
}

func parse(t *testing.T, text []byte) []Vector {
	t.Helper()
	var all []Vector
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatalf("vectors.json: %v", err)
	}
	if len(all) == 0 {
		t.Fatal("vectors.json: no vectors")
	}
	return all
}

// Bytes returns the vector's wire bytes.
func (v Vector) Bytes(t *testing.T) []byte {
	t.Helper()
	raw, err := hex.DecodeString(v.Hex)
	if err != nil {
		t.Fatalf("%s: hex: %v", v.ID, err)
	}
	return raw
}

// Unmarshal reads fields or decoded into a message. Byte fields are written
// {"hex": ...} or {"utf8": ...} there.
func Unmarshal(t *testing.T, text json.RawMessage, message any) {
	t.Helper()
	if len(text) == 0 {
		return
	}
	var tree any
	if err := json.Unmarshal(text, &tree); err != nil {
		t.Fatal(err)
	}
	plain, err := json.Marshal(bytesAsBase64(t, tree))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(plain, message); err != nil {
		t.Fatal(err)
	}
}

func bytesAsBase64(t *testing.T, tree any) any {
	t.Helper()
	members, ok := tree.(map[string]any)
	if !ok {
		return tree
	}
	if text, ok := members["hex"].(string); ok && len(members) == 1 {
		raw, err := hex.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	if text, ok := members["utf8"].(string); ok && len(members) == 1 {
		return []byte(text)
	}
	for name, member := range members {
		members[name] = bytesAsBase64(t, member)
	}
	return members
}
