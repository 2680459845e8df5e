// SPDX-License-Identifier: Apache-2.0

package protocol

import "patchbay.io/sdk/go/internal/wire"

// OpcodeServiceInvoke is the only operation of the imported function host_call.
const OpcodeServiceInvoke uint32 = 1

// ServiceRuntime is the name of the host service "runtime".
const ServiceRuntime = "runtime"

// The ten methods of the host service "runtime". Each is granted on its own.
const (
	MethodLogWrite        = "log.write"
	MethodStateGet        = "state.get"
	MethodStateGetMany    = "state.get_many"
	MethodStateSet        = "state.set"
	MethodStateSetMany    = "state.set_many"
	MethodStateDelete     = "state.delete"
	MethodStateDeleteMany = "state.delete_many"
	MethodInfoNow         = "info.now"
	MethodInfoUUID        = "info.uuid"
	MethodInfoNode        = "info.node"
)

// LogLevel says how important a log entry is. The host takes a level that it
// does not know for [LogLevelInfo].
type LogLevel int32

// The levels of a log entry.
const (
	LogLevelDebug   LogLevel = 1
	LogLevelInfo    LogLevel = 2
	LogLevelWarning LogLevel = 3
	LogLevelError   LogLevel = 4
)

// The status of a host call (contract 3.1).
const (
	// StatusSuccess: the call did what it says.
	StatusSuccess uint32 = 0
	// StatusDenied: the operator has not granted this method.
	StatusDenied uint32 = 1
	// StatusNotFound: no such service or method.
	StatusNotFound uint32 = 2
	// StatusInvalidRequest: the request breaks a rule or a limit.
	StatusInvalidRequest uint32 = 3
	// StatusInternalError: the host failed, or no provider is there.
	StatusInternalError uint32 = 4
)

// Error codes that a plugin may want to tell apart.
const (
	CodeCapabilityDenied    = "CAPABILITY_DENIED"
	CodeLimitExceeded       = "CAPABILITY_LIMIT_EXCEEDED"
	CodeQuotaExceeded       = "STATE_QUOTA_EXCEEDED"
	CodeProviderUnavailable = "PROVIDER_UNAVAILABLE"
	CodeHostCallDenied      = "HOST_CALL_CAPABILITY_DENIED"
	CodeHostCallNotFound    = "HOST_CALL_NOT_FOUND"
	CodeHostCallInvalid     = "HOST_CALL_INVALID_REQUEST"
	CodeHostCallInternal    = "HOST_CALL_INTERNAL_ERROR"
)

// Limits that the host enforces for the methods state.* (contract 3.2).
const (
	// MaxStateKeyBytes is the longest key, in UTF-8 bytes after trimming.
	MaxStateKeyBytes = 255
	// MaxStateValueBytes is the longest value, and the largest sum of the
	// values of one StateSetMany, in UTF-8 bytes.
	MaxStateValueBytes = 1 << 20
	// MaxStateBatchKeys is how many keys one batch may name.
	MaxStateBatchKeys = 100
)

// DecodeError says which part of a message could not be read. Its texts are
// part of the contract between plugin and host.
type DecodeError = wire.Fault

// Pack puts a pointer and a length into the 64 bits in which host and plugin
// pass buffers: the pointer in the upper half, the length in the lower.
func Pack(pointer, length uint32) uint64 {
	return uint64(pointer)<<32 | uint64(length)
}

// Unpack takes apart what [Pack] made.
func Unpack(packed uint64) (pointer, length uint32) {
	return uint32(packed >> 32), uint32(packed)
}
