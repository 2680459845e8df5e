// SPDX-License-Identifier: Apache-2.0

package pluginbridge

import (
	"bytes"
	"testing"

	"patchbay.io/sdk/go/protocol"
)

func TestAPluginThatServesNothingSaysSo(t *testing.T) {
	response, err := protocol.DecodeBridgeResponse(execute(nil, nil, 0))
	if err != nil {
		t.Fatal(err)
	}
	checkFailure(t, &response, 500, "INTERNAL_ERROR", "the plugin never called pluginbridge.Serve")
}

func TestARequestLongerThanItsBufferIsRefused(t *testing.T) {
	response, err := protocol.DecodeBridgeResponse(execute(NewRouter(), make([]byte, 3), 4))
	if err != nil {
		t.Fatal(err)
	}
	checkFailure(t, &response, 400, "BAD_REQUEST", "bridge request buffer underflow: have 3, need 4")
}

func TestOnlyTheAnnouncedBytesAreTheRequest(t *testing.T) {
	buffer := append([]byte{0x0a, 0x01, 'p'}, 0xff)
	response, err := protocol.DecodeBridgeResponse(execute(NewRouter(), buffer, 3))
	if err != nil {
		t.Fatal(err)
	}
	checkFailure(t, &response, 400, "BAD_REQUEST", "Dynamic bridge request is missing route metadata")
}

func TestTheResponseBufferGrowsAndIsUsedAgain(t *testing.T) {
	var buffer responseBuffer
	first := buffer.reserve(10)
	if len(first) != 10 || cap(first) != 4096 {
		t.Errorf("got %d of %d", len(first), cap(first))
	}
	if again := buffer.reserve(4096); &again[0] != &first[0] {
		t.Error("a buffer that was large enough was replaced")
	}
	if grown := buffer.reserve(10_000); len(grown) != 10_000 || cap(grown) != 16_384 {
		t.Errorf("got %d of %d", len(grown), cap(grown))
	}
}

func TestAnAnswerIsCopiedOutOfTheBuffer(t *testing.T) {
	var buffer responseBuffer
	copy(buffer.reserve(3), "abc")
	answer, err := buffer.take(3)
	if err != nil {
		t.Fatal(err)
	}
	copy(buffer.reserve(3), "xyz")
	if !bytes.Equal(answer, []byte("abc")) {
		t.Errorf("got %q", answer)
	}
}

func TestAnAnswerLongerThanTheBufferIsAnUnderflow(t *testing.T) {
	var buffer responseBuffer
	buffer.reserve(2)
	_, err := buffer.take(5)
	if err == nil || err.Error() != "host call response buffer underflow: have 2, need 5" {
		t.Errorf("got %v", err)
	}
	if answer, err := buffer.take(0); answer != nil || err != nil {
		t.Errorf("an empty answer: got %v, %v", answer, err)
	}
}
