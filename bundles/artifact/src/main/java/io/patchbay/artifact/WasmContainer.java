// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact;

import io.patchbay.artifact.ArtifactException.Code;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The outermost layer of a {@code .wasm} file: header and custom sections by name (contract 7.1). Says nothing about whether
 * the rest of the module is valid.
 */
public final class WasmContainer {
    private static final byte[] HEADER = {0x00, 'a', 's', 'm', 1, 0, 0, 0};
    private static final int MAX_LEB_BYTES = 5;

    private final byte[] bytes;
    private int position = HEADER.length;

    private WasmContainer(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Checks the eight bytes with which a module begins.
     *
     * @param bytes the file, not null
     * @throws ArtifactException with the text of contract 7.1; a component has its own code and says so
     */
    public static void checkHeader(byte[] bytes) throws ArtifactException {
        if (bytes.length < HEADER.length) {
            boolean begins = bytes.length >= 4 && startsWithMagic(bytes);
            throw new ArtifactException(begins ? Code.TRUNCATED : Code.NOT_WASM, "wasm file is too short");
        }
        if (!startsWithMagic(bytes)) {
            throw new ArtifactException(Code.NOT_WASM, "invalid wasm header");
        }
        if (bytes[6] == 1 && bytes[7] == 0) {
            throw new ArtifactException(
                    Code.COMPONENT,
                    "invalid wasm version: this is a WebAssembly component; build a core module"
                            + " (for Go GOOS=wasip1 -buildmode=c-shared, for Rust target wasm32-wasip1)");
        }
        for (int i = 4; i < HEADER.length; i++) {
            if (bytes[i] != HEADER[i]) {
                throw new ArtifactException(Code.NOT_WASM, "invalid wasm version");
            }
        }
    }

    private static boolean startsWithMagic(byte[] bytes) {
        return bytes[0] == 0 && bytes[1] == 'a' && bytes[2] == 's' && bytes[3] == 'm';
    }

    /**
     * Reads the custom sections; of several with one name the last wins.
     *
     * @param bytes the file, not null
     * @return content by name in file order, unmodifiable, never null; the arrays are copies
     * @throws ArtifactException with the text of contract 7.1
     */
    public static Map<String, byte[]> sections(byte[] bytes) throws ArtifactException {
        checkHeader(bytes);
        return new WasmContainer(bytes).read();
    }

    /**
     * A module with custom sections appended; sections of the module with one of these names are left out.
     *
     * @param module a module whose sections can be read, not null
     * @param sections content by name, written in the map's order, not null
     * @return never null
     * @throws ArtifactException when the module's sections cannot be read
     */
    public static byte[] withSections(byte[] module, Map<String, byte[]> sections) throws ArtifactException {
        checkHeader(module);
        ByteArrayOutputStream out = new ByteArrayOutputStream(module.length + 4096);
        out.writeBytes(HEADER);
        new WasmContainer(module).copyWithout(sections, out);
        sections.forEach((name, content) -> {
            byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream section = new ByteArrayOutputStream();
            writeUleb(section, utf8.length);
            section.writeBytes(utf8);
            section.writeBytes(content);
            out.write(0);
            writeUleb(out, section.size());
            out.writeBytes(section.toByteArray());
        });
        return out.toByteArray();
    }

    /**
     * The smallest module: a header and nothing else.
     *
     * @return a new array, never null
     */
    public static byte[] emptyModule() {
        return HEADER.clone();
    }

    private Map<String, byte[]> read() throws ArtifactException {
        Map<String, byte[]> sections = new LinkedHashMap<>();
        while (position < bytes.length) {
            int id = bytes[position++];
            int end = sectionEnd();
            if (id == 0) {
                String name = name(end);
                byte[] content = Arrays.copyOfRange(bytes, position, end);
                sections.put(name, content);
            }
            position = end;
        }
        return Collections.unmodifiableMap(sections);
    }

    private void copyWithout(Map<String, byte[]> replaced, ByteArrayOutputStream out) throws ArtifactException {
        while (position < bytes.length) {
            int start = position;
            int id = bytes[position++];
            int end = sectionEnd();
            if (id != 0 || !replaced.containsKey(name(end))) {
                out.write(bytes, start, end - start);
            }
            position = end;
        }
    }

    private int sectionEnd() throws ArtifactException {
        long length = uleb(bytes.length);
        if (length > bytes.length - position) {
            throw exceeds();
        }
        return position + (int) length;
    }

    private String name(int end) throws ArtifactException {
        long length = uleb(end);
        if (length > end - position) {
            throw exceeds();
        }
        String name = new String(bytes, position, (int) length, StandardCharsets.UTF_8);
        position += (int) length;
        return name;
    }

    private long uleb(int end) throws ArtifactException {
        long value = 0;
        for (int i = 0; i < MAX_LEB_BYTES; i++) {
            if (position >= end) {
                throw exceeds();
            }
            int next = bytes[position++];
            value |= (long) (next & 0x7f) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        throw new ArtifactException(Code.MALFORMED, "wasm ULEB128 value is too large");
    }

    private static ArtifactException exceeds() {
        return new ArtifactException(Code.TRUNCATED, "wasm section length exceeds content");
    }

    private static void writeUleb(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest > 0x7f) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
