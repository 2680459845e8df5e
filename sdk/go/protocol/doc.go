// SPDX-License-Identifier: Apache-2.0

// Package protocol holds the messages that cross the border between a plugin
// and its host, and the numbers and names that both sides agree on.
//
// A plugin's author rarely needs more of it than the log levels; the package
// pluginbridge speaks these messages for her.
//
// Every message has an AppendTo method and a Decode function. Encoding never
// fails. Decoding fails with a [DecodeError] and with nothing else, whatever
// the bytes are; a decoded string has memory of its own, a decoded []byte
// shares the memory of the input. Values are plain data: share them between
// goroutines only while nobody writes to them.
package protocol
