// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** Reads descriptions of settings from the metatype documents of all bundles, where there is a MetaTypeService. */
@Component(service = SettingDescriptions.class)
public final class MetaTypeDescriptions implements SettingDescriptions {
    private final BundleContext context;
    private final MetaTypeService metaTypes;

    /** Made by declarative services. */
    @Activate
    public MetaTypeDescriptions(BundleContext context, @Reference MetaTypeService metaTypes) {
        this.context = context;
        this.metaTypes = metaTypes;
    }

    @Override
    public List<Described> all() {
        List<Described> found = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            @Nullable MetaTypeInformation information = metaTypes.getMetaTypeInformation(bundle);
            if (information == null) {
                continue;
            }
            for (String pid : information.getPids()) {
                found.add(described(bundle, pid, false, information.getObjectClassDefinition(pid, null)));
            }
            for (String pid : information.getFactoryPids()) {
                found.add(described(bundle, pid, true, information.getObjectClassDefinition(pid, null)));
            }
        }
        found.sort(Comparator.comparing(Described::pid));
        return List.copyOf(found);
    }

    private static Described described(Bundle bundle, String pid, boolean factory, ObjectClassDefinition definition) {
        Set<String> required = new HashSet<>();
        for (AttributeDefinition attribute : attributes(definition, ObjectClassDefinition.REQUIRED)) {
            required.add(attribute.getID());
        }
        List<SettingDescription> settings = new ArrayList<>();
        for (AttributeDefinition attribute : attributes(definition, ObjectClassDefinition.ALL)) {
            settings.add(setting(attribute, required.contains(attribute.getID())));
        }
        return new Described(pid, text(definition.getName()), text(bundle.getSymbolicName()), factory, settings);
    }

    private static List<AttributeDefinition> attributes(ObjectClassDefinition definition, int filter) {
        AttributeDefinition @Nullable [] attributes = definition.getAttributeDefinitions(filter);
        return attributes == null ? List.of() : Arrays.asList(attributes);
    }

    private static SettingDescription setting(AttributeDefinition attribute, boolean required) {
        List<String> defaults = texts(attribute.getDefaultValue());
        return new SettingDescription(
                attribute.getID(),
                type(attribute.getType()),
                attribute.getCardinality() != 0,
                required && defaults.stream().allMatch(String::isBlank),
                defaults,
                texts(attribute.getOptionValues()),
                text(attribute.getDescription()),
                text -> text.isEmpty() || isText(attribute) ? "" : text(attribute.validate(text)));
    }

    /** A text is not checked by the description: it would be taken for a list where it has commas. */
    private static boolean isText(AttributeDefinition attribute) {
        return attribute.getType() == AttributeDefinition.STRING || attribute.getType() == AttributeDefinition.PASSWORD;
    }

    private static List<String> texts(String @Nullable [] texts) {
        return texts == null ? List.of() : Arrays.asList(texts);
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }

    private static SettingDescription.Type type(int type) {
        return switch (type) {
            case AttributeDefinition.PASSWORD -> SettingDescription.Type.SECRET;
            case AttributeDefinition.LONG -> SettingDescription.Type.LONG;
            case AttributeDefinition.INTEGER -> SettingDescription.Type.INTEGER;
            case AttributeDefinition.SHORT -> SettingDescription.Type.SHORT;
            case AttributeDefinition.BYTE -> SettingDescription.Type.BYTE;
            case AttributeDefinition.DOUBLE -> SettingDescription.Type.DOUBLE;
            case AttributeDefinition.FLOAT -> SettingDescription.Type.FLOAT;
            case AttributeDefinition.CHARACTER -> SettingDescription.Type.CHARACTER;
            case AttributeDefinition.BOOLEAN -> SettingDescription.Type.BOOLEAN;
            default -> SettingDescription.Type.TEXT;
        };
    }
}
