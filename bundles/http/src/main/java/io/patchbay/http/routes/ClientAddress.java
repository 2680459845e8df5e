// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Whose request it is: the peer's, unless the peer is a proxy that the operator trusts; then the last address in {@code
 * X-Forwarded-For} that is not such a proxy's. What an untrusted peer claims is ignored. Immutable.
 */
final class ClientAddress {
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final int BITS = 8;
    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1?\\d?\\d)");

    private final List<Block> trusted;

    /** A block of addresses. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Block(byte[] address, int prefix) {
        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < prefix; bit++) {
                int mask = 0x80 >> (bit % BITS);
                if ((address[bit / BITS] & mask) != (other[bit / BITS] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private ClientAddress(List<Block> trusted) {
        this.trusted = trusted;
    }

    /**
     * Reads the operator's list.
     *
     * @param proxies addresses, or blocks such as {@code 10.0.0.0/8}
     * @throws IllegalArgumentException it names the one that is neither
     */
    static ClientAddress trusting(List<String> proxies) {
        List<Block> blocks = new ArrayList<>();
        for (String proxy : proxies) {
            if (!proxy.isBlank()) {
                blocks.add(block(proxy.strip()));
            }
        }
        return new ClientAddress(List.copyOf(blocks));
    }

    private static Block block(String text) {
        int slash = text.indexOf('/');
        byte[] address = parsed(slash < 0 ? text : text.substring(0, slash));
        if (address.length > 0) {
            try {
                int prefix = slash < 0 ? address.length * BITS : Integer.parseInt(text.substring(slash + 1));
                if (prefix >= 0 && prefix <= address.length * BITS) {
                    return new Block(address, prefix);
                }
            } catch (NumberFormatException e) {
                // told below, like everything that is no block
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is neither an address nor a block of addresses such as 10.0.0.0/8");
    }

    /** Empty when it is no address; a name is never looked up. */
    private static byte[] parsed(String text) {
        boolean isLiteral = text.indexOf(':') >= 0
                ? text.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.')
                : IPV4.matcher(text).matches();
        try {
            return isLiteral ? InetAddress.getByName(text).getAddress() : new byte[0];
        } catch (UnknownHostException e) {
            return new byte[0];
        }
    }

    /** The client's address as text; the peer's when no trusted proxy names another. */
    String of(String peer, Map<String, List<String>> headers) {
        if (trusted.isEmpty() || !isTrusted(peer)) {
            return peer;
        }
        String client = peer;
        List<String> hops = new ArrayList<>();
        headers.getOrDefault(FORWARDED_FOR, List.of()).forEach(value -> hops.addAll(List.of(value.split(","))));
        for (int i = hops.size() - 1; i >= 0; i--) {
            String hop = hops.get(i).strip();
            if (parsed(hop).length == 0) {
                return client;
            }
            client = hop;
            if (!isTrusted(hop)) {
                return client;
            }
        }
        return client;
    }

    private boolean isTrusted(String address) {
        byte[] bytes = parsed(address);
        return trusted.stream().anyMatch(block -> block.contains(bytes));
    }
}
