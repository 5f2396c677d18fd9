package io.sounder.client.report.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.client.outcome.ExitCode;
import io.sounder.protocol.text.Escapes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * One object of a document, and where it stands, so that what is wrong in it can be said. A value
 * that is null counts as absent. What is wrong is a {@link ClientFailure} with {@link
 * ExitCode#USAGE}.
 */
final class Fields {
  private final String document;
  private final String path;
  private final JsonNode node;

  private Fields(String document, String path, JsonNode node) {
    this.document = document;
    this.path = path;
    this.node = node;
  }

  /**
   * A document's outermost object.
   *
   * @param document what to call it in errors
   */
  static Fields of(String document, JsonNode root) {
    return new Fields(document, "", root);
  }

  private JsonNode get(String name) {
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private JsonNode required(String name) {
    JsonNode value = get(name);
    if (value == null) {
      throw failure(document, "it has no \"" + path + name + "\"; the file may be damaged");
    }
    return value;
  }

  String text(String name) {
    return asText(name, required(name));
  }

  String textOr(String name, String otherwise) {
    JsonNode value = get(name);
    return value == null ? otherwise : asText(name, value);
  }

  boolean flagOr(String name, boolean otherwise) {
    JsonNode value = get(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw wrong(name, value, "true or false");
    }
    return value.booleanValue();
  }

  /** A whole number from 0. */
  long count(String name) {
    return asCount(name, required(name));
  }

  long countOr(String name, long otherwise) {
    JsonNode value = get(name);
    return value == null ? otherwise : asCount(name, value);
  }

  Long countOrNull(String name) {
    JsonNode value = get(name);
    return value == null ? null : (Long) asCount(name, value);
  }

  /** A whole number that may be negative, since it is a change; 0 if it is absent. */
  long change(String name) {
    JsonNode value = get(name);
    if (value == null) {
      return 0;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong(name, value, "a whole number");
    }
    return value.longValue();
  }

  /** A number from 0, with or without decimals. */
  double number(String name) {
    return asNumber(name, required(name));
  }

  Double numberOrNull(String name) {
    JsonNode value = get(name);
    return value == null ? null : (Double) asNumber(name, value);
  }

  /** A duration in nanoseconds, rounded to whole ones. */
  Long nanosOrNull(String name) {
    Double value = numberOrNull(name);
    if (value == null) {
      return null;
    }
    return get(name).isIntegralNumber()
        ? (Long) asCount(name, get(name))
        : (Long) Math.round(value);
  }

  Fields object(String name) {
    return asObject(name, required(name));
  }

  boolean has(String name) {
    return get(name) != null;
  }

  /** An object without anything in it if it is absent. */
  Fields objectOrEmpty(String name) {
    JsonNode value = get(name);
    return asObject(name, value == null ? JsonNodeFactory.instance.objectNode() : value);
  }

  /** An array of objects; empty if it is absent. */
  List<Fields> objects(String name, int most) {
    List<Fields> objects = new ArrayList<>();
    JsonNode value = get(name);
    if (value == null) {
      return objects;
    }
    if (!value.isArray() || value.size() > most) {
      throw wrong(name, value, "an array of at most " + most);
    }
    for (int i = 0; i < value.size(); i++) {
      objects.add(asObject(name + "[" + i + "]", value.get(i)));
    }
    return objects;
  }

  /** Whole numbers by name; none if it is absent. */
  Map<String, Long> counts(String name) {
    return map(name, Fields::asCount);
  }

  /** Texts by name; none if it is absent. */
  Map<String, String> texts(String name) {
    return map(name, Fields::asText);
  }

  /** The members of this object, all of which must be texts. */
  Map<String, String> texts() {
    return map(this, Fields::asText);
  }

  private <T> Map<String, T> map(String name, BiFunction<Fields, String, T> reader) {
    return map(objectOrEmpty(name), reader);
  }

  private static <T> Map<String, T> map(Fields members, BiFunction<Fields, String, T> reader) {
    Map<String, T> map = new LinkedHashMap<>();
    members.node.fieldNames().forEachRemaining(each -> map.put(each, reader.apply(members, each)));
    return map;
  }

  /** What is wrong with a value, in one line. */
  ClientFailure wrong(String name, String why) {
    return failure(document, "\"" + path + name + "\" " + why);
  }

  private ClientFailure wrong(String name, JsonNode value, String expected) {
    String shown = value.isContainerNode() ? "something else" : abridged(value.toString());
    return wrong(name, "is " + shown + ", not " + expected);
  }

  private static String abridged(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  /** A document that cannot be used. What it holds may be quoted, and is escaped. */
  static ClientFailure failure(String document, String why) {
    String message = Escapes.oneLine("cannot use " + document + ": " + why);
    return new ClientFailure(ErrorClass.IO, ExitCode.USAGE, message, null);
  }

  private static String asText(Fields self, String name) {
    return self.asText(name, self.required(name));
  }

  private static Long asCount(Fields self, String name) {
    return self.asCount(name, self.required(name));
  }

  private String asText(String name, JsonNode value) {
    if (!value.isValueNode()) {
      throw wrong(name, value, "a text");
    }
    return value.asText();
  }

  private long asCount(String name, JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw wrong(name, value, "a whole number from 0");
    }
    return value.longValue();
  }

  private double asNumber(String name, JsonNode value) {
    double number = value.isNumber() ? value.doubleValue() : Double.NaN;
    if (!(number >= 0 && number <= Long.MAX_VALUE)) {
      throw wrong(name, value, "a number from 0");
    }
    return number;
  }

  private Fields asObject(String name, JsonNode value) {
    if (!value.isObject()) {
      throw wrong(name, value, "an object");
    }
    return new Fields(document, path + name + ".", value);
  }
}
