// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import com.dylibso.chicory.compiler.internal.ClassCollector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Takes the compiler's classes one by one and transforms them at once, while the compiler still listens: a method or a class
 * that the transformation makes too large is then split or refused by the compiler like one that was too large before.
 */
final class TransformingCollector implements ClassCollector {
    private final Map<String, byte[]> classes = new LinkedHashMap<>();
    private final ClassTransformer transformer;
    private final Consumer<String> listener;
    private String main = "";

    /**
     * Makes an empty one.
     *
     * @param transformer what to do with each class
     * @param listener hears the name of each class
     */
    TransformingCollector(ClassTransformer transformer, Consumer<String> listener) {
        this.transformer = transformer;
        this.listener = listener;
    }

    @Override
    public String mainClassName() {
        return main;
    }

    @Override
    public void putMainClass(String className, byte[] bytes) {
        main = className;
        put(className, bytes);
    }

    @Override
    public void put(String name, byte[] bytes) {
        String binaryName = name.replace('/', '.'); // the compiler uses both forms
        listener.accept(binaryName);
        classes.put(binaryName, transformer.transform(bytes));
    }

    @Override
    public void putAll(ClassCollector other) {
        classes.putAll(other.classBytes());
    }

    @Override
    public Map<String, byte[]> classBytes() {
        return Collections.unmodifiableMap(classes);
    }

    @Override
    public byte[] resolve(Class<?> type) {
        String resource = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the engine's class file " + resource + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the engine's class file " + resource + " cannot be read", e);
        }
    }
}
