package io.avma.sim.scenario;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.base.CaseFormat;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.avma.platform.Edition;
import io.avma.platform.ForeignText;
import io.avma.platform.WindowsRelease;
import io.avma.sim.fault.NamePattern;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON, both ways, by their components: so a command or fault is readable and writable
 * as soon as it exists. An object for a record; a member for a component, in its order, unless it
 * is what the pattern of that type has; one of a sealed type says which in the member {@code is},
 * or {@code do} for a command, and is its name alone if it has nothing else to say.
 */
final class RecordJson {
  /** What is never left out, whatever the pattern has. */
  private static final ImmutableSet<String> ALWAYS =
      ImmutableSet.of(
          "name",
          "host",
          "point",
          "fault",
          "system",
          "WindowsServer.release",
          "WindowsServer.edition",
          "Host.release");

  /** A record that has the form of the file, and stands for a value. */
  interface Form<T> {
    /**
     * Returns the value.
     *
     * @throws IllegalArgumentException if there is none like that
     */
    T value();
  }

  private final Map<Class<?>, Record> patterns; // asked, never iterated

  /** {@code patterns} hold, for some records, what components are if they are left out. */
  RecordJson(Record... patterns) {
    this.patterns = new HashMap<>();
    for (Record pattern : patterns) {
      this.patterns.put(pattern.getClass(), pattern);
    }
  }

  // Writing.

  void write(JsonGenerator out, Object value, Class<?> declared) throws IOException {
    if (value instanceof Record record && !(value instanceof NamePattern)) {
      boolean tagged = declared.isSealed();
      if (tagged && record.getClass().getRecordComponents().length == 0) {
        out.writeString(tag(record.getClass()));
        return;
      }
      out.writeStartObject();
      writeMembers(out, record, declared);
      out.writeEndObject();
    } else if (value instanceof Optional<?> optional) {
      write(out, optional.orElseThrow(), declared);
    } else if (value instanceof ImmutableList<?> list) {
      out.writeStartArray();
      for (Object element : list) {
        write(out, element, sealedParent(element));
      }
      out.writeEndArray();
    } else {
      writeScalar(out, value);
    }
  }

  private void writeMembers(JsonGenerator out, Record record, Class<?> declared)
      throws IOException {
    if (declared.isSealed()) {
      out.writeStringField(tagName(declared), tag(record.getClass()));
    }
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = get(component, record);
      Optional<Object> usual = usual(component);
      if (usual.equals(Optional.of(value))) {
        continue;
      }
      if (value.equals(Optional.empty())) {
        if (usual.isPresent()) {
          out.writeNullField(component.getName());
        }
      } else if (component.isAnnotationPresent(Inline.class)) {
        writeMembers(out, (Record) value, component.getType());
      } else {
        out.writeFieldName(component.getName());
        write(
            out,
            value,
            value instanceof Optional<?> some ? sealedParent(some.get()) : component.getType());
      }
    }
  }

  /** Returns what {@code component} is if it is left out. */
  private Optional<Object> usual(RecordComponent component) {
    Class<?> type = component.getDeclaringRecord();
    Record pattern = patterns.get(type);
    return pattern == null
            || ALWAYS.contains(component.getName())
            || ALWAYS.contains(type.getSimpleName() + "." + component.getName())
        ? Optional.empty()
        : Optional.of(get(component, pattern));
  }

  /** Returns the sealed type that a record in a list or option stands for, else its own. */
  private static Class<?> sealedParent(Object element) {
    for (Class<?> parent : element.getClass().getInterfaces()) {
      if (parent.isSealed()) {
        return parent;
      }
    }
    return element.getClass();
  }

  private static void writeScalar(JsonGenerator out, Object value) throws IOException {
    if (value instanceof Boolean flag) {
      out.writeBoolean(flag);
    } else if (value instanceof Double number) {
      out.writeNumber(number);
    } else if (value instanceof Number number) {
      out.writeNumber(number.longValue());
    } else if (value instanceof Enum<?> constant) {
      out.writeString(label(constant));
    } else {
      out.writeString(value.toString()); // texts, durations, patterns
    }
  }

  private static Object get(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(component.toString(), e);
    }
  }

  // Reading.

  /** Reads the value that begins at the current token. */
  Object read(JsonParser in, Type type) throws IOException, ScenarioFormatException {
    if (type instanceof ParameterizedType generic) {
      Type element = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Optional.class) {
        return in.currentToken() == JsonToken.VALUE_NULL
            ? Optional.empty()
            : Optional.of(read(in, element));
      }
      require(in, in.currentToken() == JsonToken.START_ARRAY, "a list");
      ImmutableList.Builder<Object> elements = ImmutableList.builder();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        elements.add(read(in, element));
      }
      return elements.build();
    }
    Class<?> raw = (Class<?>) type;
    boolean scalar = raw == NamePattern.class || raw.isEnum(); // one with bodies is sealed as well
    if (scalar || !(raw.isRecord() || raw.isSealed())) {
      return readScalar(in, raw);
    }
    if (raw.isSealed() && in.currentToken() == JsonToken.VALUE_STRING) {
      return make(in, variant(in, raw, in.getText()), Map.of());
    }
    require(in, in.currentToken() == JsonToken.START_OBJECT, "an object");
    return readRecord(in, raw);
  }

  private Object readRecord(JsonParser in, Class<?> declared)
      throws IOException, ScenarioFormatException {
    Map<String, Object> values = new HashMap<>();
    Class<?> variant = declared;
    boolean first = true;
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      if (first && declared.isSealed()) {
        require(in, name.equals(tagName(declared)), "'" + tagName(declared) + "' first");
        in.nextToken();
        variant = variant(in, declared, text(in));
      } else {
        RecordComponent component = component(in, variant, name, members(variant));
        if (component.isAnnotationPresent(Inline.class)) {
          values.put(component.getName(), readInline(in, component.getType(), values, variant));
          return make(in, variant, values);
        }
        in.nextToken();
        require(in, values.put(name, read(in, component.getGenericType())) == null, "it once");
      }
      first = false;
    }
    return make(in, variant, values);
  }

  /** Reads a sealed type whose members stand in the object that is open, from its tag on. */
  private Object readInline(
      JsonParser in, Class<?> declared, Map<String, Object> before, Class<?> outer)
      throws IOException, ScenarioFormatException {
    in.nextToken();
    Class<?> variant = variant(in, declared, text(in));
    Map<String, Object> values = new HashMap<>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      Optional<RecordComponent> own = find(variant, name);
      RecordComponent component =
          own.isPresent() ? own.get() : component(in, outer, name, members(outer, variant));
      in.nextToken();
      Map<String, Object> into = own.isPresent() ? values : before;
      require(in, into.put(name, read(in, component.getGenericType())) == null, "it once");
    }
    return make(in, variant, values);
  }

  private static Optional<RecordComponent> find(Class<?> type, String name) {
    return Arrays.stream(type.getRecordComponents())
        .filter(component -> component.getName().equals(name))
        .filter(component -> !component.isAnnotationPresent(Inline.class))
        .findFirst();
  }

  private static RecordComponent component(
      JsonParser in, Class<?> type, String name, String expected) throws ScenarioFormatException {
    Optional<RecordComponent> found = find(type, name);
    if (found.isPresent()) {
      return found.get();
    }
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.isAnnotationPresent(Inline.class)
          && name.equals(tagName(component.getType()))) {
        return component;
      }
    }
    throw complaint(
        in, "unknown member '" + ForeignText.escape(name, 40) + "' (expected: " + expected + ")");
  }

  /** Returns how the members of these records are called, which stand in one object. */
  private static String members(Class<?>... types) {
    return Arrays.stream(types)
        .flatMap(type -> Arrays.stream(type.getRecordComponents()))
        .map(
            component ->
                component.isAnnotationPresent(Inline.class)
                    ? tagName(component.getType())
                    : component.getName())
        .collect(Collectors.joining(", "));
  }

  private Object make(JsonParser in, Class<?> type, Map<String, Object> values)
      throws ScenarioFormatException {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    @Nullable Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      arguments[i] = values.get(components[i].getName());
      if (arguments[i] == null) {
        arguments[i] =
            usual(components[i]).orElse(types[i] == Optional.class ? Optional.empty() : null);
      }
      if (arguments[i] == null) {
        throw complaint(
            in,
            "'"
                + (components[i].isAnnotationPresent(Inline.class)
                    ? tagName(types[i])
                    : components[i].getName())
                + "' is missing");
      }
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      Object made = constructor.newInstance(arguments);
      if (made instanceof Form<?> form) {
        form.value(); // to refuse it here, where its place is known
      }
      return made;
    } catch (IllegalArgumentException e) {
      throw complaint(in, String.valueOf(e.getMessage()));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw complaint(in, ForeignText.escape(String.valueOf(refused.getMessage()), 1_000));
      }
      throw new AssertionError(type.toString(), e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type.toString(), e);
    }
  }

  private static Object readScalar(JsonParser in, Class<?> type)
      throws IOException, ScenarioFormatException {
    if (type == boolean.class) {
      require(in, in.currentToken().isBoolean(), "true or false");
      return in.getBooleanValue();
    }
    if (type == int.class || type == Integer.class || type == long.class) {
      require(in, in.currentToken() == JsonToken.VALUE_NUMBER_INT, "a whole number");
      try {
        return type != long.class ? (Object) in.getIntValue() : (Object) in.getLongValue();
      } catch (IOException e) {
        throw complaint(in, "the number is out of range");
      }
    }
    if (type == double.class) {
      require(in, in.currentToken().isNumeric(), "a number");
      return in.getDoubleValue();
    }
    String text = text(in);
    try {
      if (type == Duration.class) {
        return Duration.parse(text);
      }
      if (type == NamePattern.class) {
        return new NamePattern(text);
      }
    } catch (DateTimeException | IllegalArgumentException e) {
      throw complaint(
          in,
          "'"
              + ForeignText.escape(text, 40)
              + "' is no "
              + words(type)
              + (type == Duration.class ? " (expected: like PT30M or P7D)" : ""));
    }
    return type.isEnum() ? constant(in, type, text) : text;
  }

  private static Object constant(JsonParser in, Class<?> type, String text)
      throws ScenarioFormatException {
    for (Object constant : type.getEnumConstants()) {
      if (label((Enum<?>) constant).equals(text)) {
        return constant;
      }
    }
    throw complaint(
        in,
        "'"
            + ForeignText.escape(text, 40)
            + "' is no "
            + words(type)
            + " (expected: "
            + Arrays.stream(type.getEnumConstants())
                .map(constant -> label((Enum<?>) constant))
                .collect(Collectors.joining(", "))
            + ")");
  }

  private static Class<?> variant(JsonParser in, Class<?> sealed, String tag)
      throws ScenarioFormatException {
    ImmutableList<Class<?>> all = variants(sealed);
    for (Class<?> variant : all) {
      if (tag(variant).equals(tag)) {
        return variant;
      }
    }
    throw complaint(
        in,
        "'"
            + ForeignText.escape(tag, 40)
            + "' is no "
            + words(sealed)
            + " (expected: "
            + all.stream().map(RecordJson::tag).collect(Collectors.joining(", "))
            + ")");
  }

  private static ImmutableList<Class<?>> variants(Class<?> sealed) {
    ImmutableList.Builder<Class<?>> all = ImmutableList.builder();
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      if (permitted.isSealed()) {
        all.addAll(variants(permitted));
      } else {
        all.add(permitted);
      }
    }
    return all.build();
  }

  private static String text(JsonParser in) throws IOException, ScenarioFormatException {
    require(in, in.currentToken() == JsonToken.VALUE_STRING, "a text");
    return in.getText();
  }

  private static void require(JsonParser in, boolean holds, String expected)
      throws ScenarioFormatException {
    if (!holds) {
      throw complaint(in, "not what belongs here (expected: " + expected + ")");
    }
  }

  /** Returns the complaint about the current token. */
  static ScenarioFormatException complaint(JsonParser in, String message) {
    return complaint(in, in.currentTokenLocation(), message);
  }

  static ScenarioFormatException complaint(JsonParser in, JsonLocation at, String message) {
    String path = in.getParsingContext().pathAsPointer().toString();
    return new ScenarioFormatException(
        at.getLineNr(),
        Math.max(1, at.getColumnNr()), // before the first character it is 0
        "at " + (path.isEmpty() ? "the top" : ForeignText.escape(path, 120)) + ": " + message);
  }

  // Names.

  private static String tagName(Class<?> sealed) {
    return Command.class.isAssignableFrom(sealed) ? "do" : "is";
  }

  private static String tag(Class<?> variant) {
    return CaseFormat.UPPER_CAMEL.to(CaseFormat.LOWER_HYPHEN, variant.getSimpleName());
  }

  private static String words(Class<?> type) {
    return tag(type).replace('-', ' ');
  }

  private static String label(Enum<?> constant) {
    if (constant instanceof WindowsRelease release) {
      return release.label();
    }
    return constant instanceof Edition edition
        ? edition.label()
        : constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
