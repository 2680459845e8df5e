// SPDX-License-Identifier: Apache-2.0
package io.patchbay.tck;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the typed configuration that a component's constructor takes, as the component runtime would. */
public final class Configurations {
    private Configurations() {}

    /**
     * Makes a configuration.
     *
     * @param <A> the component property type
     * @param type the annotation type, not null
     * @param values by the names of the type's methods; what is left out has the type's default, not null
     * @return never null
     * @throws IllegalArgumentException when the type has no such method
     */
    public static <A extends Annotation> A of(Class<A> type, Map<String, Object> values) {
        Set<String> names =
                Stream.of(type.getDeclaredMethods()).map(Method::getName).collect(Collectors.toSet());
        if (!names.containsAll(values.keySet())) {
            throw new IllegalArgumentException(
                    type.getName() + " has the settings " + names + ", not all of " + values.keySet());
        }
        InvocationHandler answers = (proxy, method, arguments) -> answer(type, values, method);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }

    private static Object answer(Class<?> type, Map<String, Object> values, Method method) {
        if (method.getName().equals("annotationType")) {
            return type;
        }
        Object value = values.getOrDefault(method.getName(), method.getDefaultValue());
        if (value == null) {
            throw new UnsupportedOperationException("no value and no default: " + method);
        }
        return value;
    }
}
