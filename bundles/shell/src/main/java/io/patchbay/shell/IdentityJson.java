// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.patchbay.plugin.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the identity of {@code --identity}: an object with the members of contract 2.8. */
final class IdentityJson {
    private static final Set<String> MEMBERS = Set.of(
            "tokenId",
            "userId",
            "username",
            "status",
            "permissions",
            "roleNames",
            "isSuperAdmin",
            "dataScope",
            "dataScopeUnsupported",
            "unsupportedDataScope",
            "tenantId",
            "actingUserId",
            "actingAsTenant",
            "isImpersonation");

    private final JsonObject object;

    private IdentityJson(JsonObject object) {
        this.object = object;
    }

    static Identity read(String json) throws UsageException {
        try {
            JsonElement element = JsonParser.parseString(json);
            if (!element.isJsonObject()) {
                throw new UsageException("--identity takes a JSON object, such as {\"userId\":7,\"tenantId\":1}");
            }
            for (String member : element.getAsJsonObject().keySet()) {
                if (!MEMBERS.contains(member)) {
                    throw new UsageException(
                            "--identity has a member '" + member + "', which an identity has not; it has "
                                    + MEMBERS.stream().sorted().toList());
                }
            }
            return new IdentityJson(element.getAsJsonObject()).identity();
        } catch (JsonParseException e) {
            throw new UsageException("--identity is not JSON: " + e.getMessage());
        }
    }

    private Identity identity() throws UsageException {
        return new Identity(
                text("tokenId"),
                number("userId"),
                text("username"),
                number("status"),
                texts("permissions"),
                texts("roleNames"),
                truth("isSuperAdmin"),
                number("dataScope"),
                truth("dataScopeUnsupported"),
                number("unsupportedDataScope"),
                number("tenantId"),
                number("actingUserId"),
                truth("actingAsTenant"),
                truth("isImpersonation"));
    }

    private String text(String member) throws UsageException {
        JsonElement value = object.get(member);
        if (value == null || value.isJsonNull()) {
            return "";
        }
        if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()) {
            return value.getAsString();
        }
        throw wrong(member, "a text");
    }

    private int number(String member) throws UsageException {
        JsonElement value = object.get(member);
        if (value == null || value.isJsonNull()) {
            return 0;
        }
        try {
            if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber()) {
                return value.getAsBigDecimal().intValueExact();
            }
        } catch (ArithmeticException e) {
            throw wrong(member, "a whole number of 32 bits");
        }
        throw wrong(member, "a number");
    }

    private boolean truth(String member) throws UsageException {
        JsonElement value = object.get(member);
        if (value == null || value.isJsonNull()) {
            return false;
        }
        if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean()) {
            return value.getAsBoolean();
        }
        throw wrong(member, "true or false");
    }

    private List<String> texts(String member) throws UsageException {
        JsonElement value = object.get(member);
        if (value == null || value.isJsonNull()) {
            return List.of();
        }
        if (!value.isJsonArray()) {
            throw wrong(member, "a list of texts");
        }
        List<String> texts = new ArrayList<>();
        for (JsonElement item : value.getAsJsonArray()) {
            if (!item.isJsonPrimitive() || !item.getAsJsonPrimitive().isString()) {
                throw wrong(member, "a list of texts");
            }
            texts.add(item.getAsString());
        }
        return texts;
    }

    private static UsageException wrong(String member, String wanted) {
        return new UsageException("--identity: the member '" + member + "' takes " + wanted);
    }
}
