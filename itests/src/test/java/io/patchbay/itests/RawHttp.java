// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One connection to an HTTP server, on which a test says byte for byte what it sends. Not thread-safe. */
final class RawHttp implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    RawHttp(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /**
     * An answer as it came.
     *
     * @param lines the header lines, each {@code Name: value}, a character for each byte
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way; nothing compares them
    record Answer(int status, List<String> lines, byte[] body) {
        List<String> headers(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return lines.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .toList();
        }

        Optional<String> header(String name) {
            return headers(name).stream().findFirst();
        }

        String text() {
            return new String(body, UTF_8);
        }

        /** The answer of a verb: what takes its time says so in the lines before. */
        JsonObject lastLine() {
            String last = text().lines().reduce((before, line) -> line).orElseThrow();
            return JsonParser.parseString(last).getAsJsonObject();
        }
    }

    /** Sends one request without a body on a connection of its own. */
    static Answer get(int port, String method, String target, String... headerLines) throws IOException {
        return exchange(port, method, target, new byte[0], headerLines);
    }

    /** Sends one request on a connection of its own; a body that is not empty is announced. */
    static Answer exchange(int port, String method, String target, byte[] body, String... headerLines)
            throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(head(method, target, body.length, headerLines));
            connection.sendUnlessRefused(body);
            return connection.answer(method);
        }
    }

    /** A server that refuses a request by its head reads no body: its answer is there, and the connection may be closed. */
    private void sendUnlessRefused(byte[] body) throws IOException {
        try {
            send(body);
        } catch (SocketException e) {
            if (in.available() == 0) {
                throw e;
            }
        }
    }

    static byte[] head(String method, String target, long length, String... headerLines) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        List<String> lines = new ArrayList<>(List.of(headerLines));
        if (lines.stream().noneMatch(line -> line.startsWith("Host:"))) {
            lines.add(0, "Host: plugins.example:8080");
        }
        if (length > 0) {
            lines.add("Content-Length: " + length);
        }
        lines.forEach(line -> head.append(line).append("\r\n"));
        return head.append("\r\n").toString().getBytes(ISO_8859_1);
    }

    void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    int localPort() {
        return socket.getLocalPort();
    }

    Answer answer(String method) throws IOException {
        String status = line();
        List<String> lines = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            lines.add(line);
        }
        Answer head = new Answer(Integer.parseInt(status.split(" ")[1]), List.copyOf(lines), new byte[0]);
        if (head.status() == 100) {
            return answer(method);
        }
        return new Answer(head.status(), head.lines(), body(head, method));
    }

    private byte[] body(Answer head, String method) throws IOException {
        if (method.equals("HEAD") || head.status() == 204 || head.status() == 304) {
            return new byte[0];
        }
        Optional<String> length = head.header("Content-Length");
        if (length.isPresent()) {
            return read(Integer.parseInt(length.get()));
        }
        boolean isChunked = head.header("Transfer-Encoding")
                .map(coding -> coding.equals("chunked"))
                .orElse(false);
        return isChunked ? chunks() : in.readAllBytes();
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.write(read(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private byte[] read(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the body ends after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    /** Whether the server ends the connection without another byte. */
    boolean isClosedByServer() throws IOException {
        return in.read() < 0;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection ends within: " + line.toString(ISO_8859_1));
            }
            line.write(c);
        }
        String text = line.toString(ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
