// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds the generated classes of one module; they go when the module does. Every class is defined at once, so that no guest
 * defines one deep in its stack and the class files need not be kept.
 */
final class GuestClassLoader extends ClassLoader {
    private final Map<String, Class<?>> generated = new HashMap<>();

    private GuestClassLoader(ClassLoader parent) {
        super(parent);
    }

    static GuestClassLoader of(List<GuestClass> classes) {
        GuestClassLoader loader = new GuestClassLoader(GuestClassLoader.class.getClassLoader());
        for (GuestClass one : classes) {
            loader.generated.put(one.name(), loader.defineClass(one.name(), one.bytes(), 0, one.bytes().length));
        }
        return loader;
    }

    /** The module's own classes first: no class of the host can take their place. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        Class<?> own = generated.get(name);
        return own != null ? own : super.loadClass(name, resolve);
    }
}
