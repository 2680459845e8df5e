// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice;

import java.io.Serial;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * An answer to a guest with a status other than 0 (contract 3).
 *
 * <p>Everything in it travels to the guest: no host path, cause, secret or other plugin's name may be in it. Carries no
 * stack trace, for it is an answer and not a fault. Immutable and safe to share.
 */
public final class HostCallException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Denied: not granted (contract 3.1). */
    public static final int DENIED = 1;
    /** Unknown opcode, service or method. */
    public static final int NOT_FOUND = 2;
    /** Malformed or invalid request. */
    public static final int INVALID_REQUEST = 3;
    /** Failure on the host's side. */
    public static final int INTERNAL_ERROR = 4;

    private final int status;
    private final String errorCode;
    private final String messageKey;
    private final transient Map<String, Object> messageParams;
    private final boolean recalled;

    private HostCallException(
            int status, String errorCode, String messageKey, Map<String, ?> messageParams, String fallback) {
        this(status, errorCode, messageKey, messageParams, fallback, false);
    }

    private HostCallException(
            int status,
            String errorCode,
            String messageKey,
            Map<String, ?> messageParams,
            String fallback,
            boolean recalled) {
        super(Objects.requireNonNull(fallback, "fallback"), null, false, false);
        this.recalled = recalled;
        this.status = status;
        this.errorCode = Objects.requireNonNull(errorCode, "errorCode");
        this.messageKey = Objects.requireNonNull(messageKey, "messageKey");
        this.messageParams = Collections.unmodifiableMap(new TreeMap<>(messageParams));
    }

    /**
     * A plain error: code and key are the status's defaults (contract 3.1).
     *
     * @param status 1 to 4
     * @param text for people; when blank the status's default text is sent, not null
     * @return never null
     */
    public static HostCallException plain(int status, String text) {
        return new HostCallException(status, "", "", Map.of(), text);
    }

    /**
     * A typed error whose message key follows from its code: {@code error.} and the lower-cased code with every run of
     * {@code _ - .} and space replaced by a dot (contract 3.1).
     *
     * @param status 1 to 4
     * @param errorCode upper-case, not null
     * @param messageParams values are {@code Integer}, {@code Long}, {@code Boolean} or {@code String}, not null
     * @param fallback the text for people, rendered (contract D2), not null
     * @return never null
     */
    public static HostCallException typed(int status, String errorCode, Map<String, ?> messageParams, String fallback) {
        return new HostCallException(status, errorCode, messageKeyOf(errorCode), messageParams, fallback);
    }

    /**
     * A failure on the host's side that the guest is told nothing about but an id under which the host logged the cause
     * (contract D14).
     *
     * @param incident the correlation id, not null
     * @return status 4, {@code Host call failed}, never null
     */
    public static HostCallException incident(String incident) {
        return new HostCallException(INTERNAL_ERROR, "", "", Map.of("incident", incident), "Host call failed");
    }

    /**
     * No provider within the grace time (contract D13).
     *
     * @param provider the kind's name, or the name of a host service that has left, not null
     * @return status 4, {@code PROVIDER_UNAVAILABLE}, never null
     */
    public static HostCallException providerUnavailable(String provider) {
        return typed(
                INTERNAL_ERROR,
                "PROVIDER_UNAVAILABLE",
                Map.of("provider", provider),
                "No provider is available for " + provider);
    }

    /**
     * Gives a call back that has changed nothing, because its host service is leaving ({@link HostCall#isRecalled}): the host
     * makes it again when the service is back, within the grace time. Where nobody can do that, the guest is told that
     * there is no provider.
     *
     * @param provider the kind's name, or the name of the host service, not null
     * @return status 4, {@code PROVIDER_UNAVAILABLE}, never null
     */
    public static HostCallException recalled(String provider) {
        HostCallException answer = providerUnavailable(provider);
        return new HostCallException(
                answer.status(),
                answer.errorCode(),
                answer.messageKey(),
                answer.messageParams(),
                answer.fallback(),
                true);
    }

    /**
     * A request over one of the host's limits (contract 3.2, D21).
     *
     * @param limit the limit's value
     * @return status 3, {@code CAPABILITY_LIMIT_EXCEEDED}, never null
     */
    public static HostCallException limitExceeded(long limit) {
        return typed(
                INVALID_REQUEST,
                "CAPABILITY_LIMIT_EXCEEDED",
                Map.of("limit", limit),
                "Capability request exceeds limit " + limit);
    }

    private static String messageKeyOf(String errorCode) {
        StringBuilder key = new StringBuilder("error.");
        boolean separated = false;
        for (int i = 0; i < errorCode.length(); i++) {
            char c = errorCode.charAt(i);
            if (c == '_' || c == '-' || c == '.' || c == ' ') {
                separated = true;
                continue;
            }
            if (separated && key.charAt(key.length() - 1) != '.') {
                key.append('.');
            }
            separated = false;
            key.append(Character.toLowerCase(c));
        }
        return key.toString();
    }

    /**
     * The status of the response.
     *
     * @return 1 to 4
     */
    public int status() {
        return status;
    }

    /**
     * Whether the call was given back unmade ({@link #recalled}).
     *
     * @return false for every answer
     */
    public boolean isRecalled() {
        return recalled;
    }

    /**
     * The error code.
     *
     * @return empty for the status's default, never null
     */
    public String errorCode() {
        return errorCode;
    }

    /**
     * The key under which a front end finds a translated text.
     *
     * @return empty for the status's default, never null
     */
    public String messageKey() {
        return messageKey;
    }

    /**
     * The parameters of the text.
     *
     * @return sorted by name, unmodifiable, never null
     */
    public Map<String, Object> messageParams() {
        return messageParams;
    }

    /**
     * The text for people.
     *
     * @return rendered; empty for the status's default, never null
     */
    public String fallback() {
        return Objects.requireNonNullElse(getMessage(), "");
    }
}
