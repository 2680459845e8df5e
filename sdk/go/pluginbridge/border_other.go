// SPDX-License-Identifier: Apache-2.0

//go:build !wasip1

package pluginbridge

func hostTransport() Transport { return noHost{} }
