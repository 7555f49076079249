package io.avma.transport.cim;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.transport.TransportException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Embedded {@code Msvm_KvpExchangeDataItem} instances: the items of Data Exchange as a host tells
 * and takes them.
 *
 * <p>Decoding what was encoded gives the same item. What a guest put into a key or value stays a
 * key or a value, whatever it looks like. All that {@link CimXmlCodec} says of texts and flaws
 * holds; beside it, {@code wrong-class}: an instance of another class. Properties other than name,
 * data and source are read and not kept. This way needs a fraction of the memory of {@link
 * CimXmlCodec}.
 */
@CheckReturnValue
public final class KvpDataItemCodec {
  /** The class. */
  public static final String CLASS_NAME = "Msvm_KvpExchangeDataItem";

  private KvpDataItemCodec() {}

  /**
   * Returns the item as a host writes it: one line, properties in alphabetical order, the inherited
   * ones without a value.
   *
   * @throws IllegalArgumentException if name or data holds what {@linkplain XmlText#firstUncarried
   *     XML cannot carry}
   */
  public static String encode(KvpDataItem item) {
    StringBuilder out = new StringBuilder(512);
    out.append("<INSTANCE CLASSNAME=\"" + CLASS_NAME + "\">");
    inherited(out, "Caption");
    own(out, "Data", item.data());
    inherited(out, "Description");
    inherited(out, "ElementName");
    own(out, "Name", item.name());
    if (item.source().isPresent()) {
      out.append("<PROPERTY NAME=\"Source\" TYPE=\"uint16\"><VALUE>")
          .append(item.source().getAsInt())
          .append("</VALUE></PROPERTY>");
    }
    return out.append("</INSTANCE>").toString();
  }

  /**
   * Returns the one item in {@code text}, within {@link CimLimits#STANDARD}.
   *
   * @throws TransportException {@code DAMAGED} if it cannot be read, or is no item or several
   */
  public static KvpDataItem decode(String text) throws TransportException {
    Items items = new Items(text, CimLimits.STANDARD);
    KvpDataItem item = items.next();
    if (item == null || items.next() != null) {
      throw items.reader.damaged(
          "instance-count",
          (item == null ? "no instance" : "several instances") + " (expected: 1)");
    }
    return item;
  }

  /**
   * Returns all items in {@code text}, in their order; none for an empty text.
   *
   * @throws TransportException {@code DAMAGED} if it cannot be read, is beyond the limits, or holds
   *     something else
   */
  public static ImmutableList<KvpDataItem> decodeAll(String text, CimLimits limits)
      throws TransportException {
    Items items = new Items(text, limits);
    ImmutableList.Builder<KvpDataItem> all = ImmutableList.builder();
    for (KvpDataItem item = items.next(); item != null; item = items.next()) {
      all.add(item);
    }
    return all.build();
  }

  private static void inherited(StringBuilder out, String name) {
    out.append("<PROPERTY NAME=\"")
        .append(name)
        .append("\" PROPAGATED=\"true\" TYPE=\"string\"></PROPERTY>");
  }

  private static void own(StringBuilder out, String name, Optional<String> text) {
    out.append("<PROPERTY NAME=\"").append(name).append("\" TYPE=\"string\">");
    if (text.isPresent()) {
      out.append("<VALUE>");
      XmlText.appendContent(out, text.get());
      out.append("</VALUE>");
    }
    out.append("</PROPERTY>");
  }

  /** Collects the three properties of each instance. */
  private static final class Items implements InstanceSink {
    private final InstanceReader reader;
    private @Nullable CimValue name;
    private @Nullable CimValue data;
    private @Nullable CimValue source;

    Items(String text, CimLimits limits) throws TransportException {
      this.reader = new InstanceReader(text, limits);
    }

    @Nullable KvpDataItem next() throws TransportException {
      String className = reader.nextInstance();
      if (className == null) {
        return null;
      }
      if (!className.equalsIgnoreCase(CLASS_NAME)) {
        throw reader.damaged(
            "wrong-class", "an instance of another class (expected: " + CLASS_NAME + ")");
      }
      name = null;
      data = null;
      source = null;
      reader.properties(this);
      return new KvpDataItem(text(name), text(data), number(source));
    }

    @Override
    public void property(
        int offset, String property, @Nullable CimType type, boolean propagated, CimValue value)
        throws TransportException {
      CimValue before;
      if (property.equalsIgnoreCase("Name")) {
        before = name;
        name = scalar(offset, property, CimType.STRING, value);
      } else if (property.equalsIgnoreCase("Data")) {
        before = data;
        data = scalar(offset, property, CimType.STRING, value);
      } else if (property.equalsIgnoreCase("Source")) {
        before = source;
        source = scalar(offset, property, CimType.UINT16, value);
      } else {
        return;
      }
      if (before != null) {
        throw reader.duplicate(offset, property);
      }
    }

    private CimValue scalar(int offset, String property, CimType type, CimValue value)
        throws TransportException {
      if (value.isNil() || (type == CimType.STRING && value instanceof CimValue.Text)) {
        return value;
      }
      boolean hasText =
          !(value instanceof CimValue.Array
              || value instanceof CimValue.Reference
              || value instanceof CimValue.Embedded);
      CimValue read = hasText ? type.parsed(value.text()) : null;
      if (read == null) {
        throw reader.wrongType(offset, property, type);
      }
      return read;
    }

    private static Optional<String> text(@Nullable CimValue value) {
      return value == null || value.isNil() ? Optional.empty() : Optional.of(value.text());
    }

    private static OptionalInt number(@Nullable CimValue value) {
      return value instanceof CimValue.Whole whole
          ? OptionalInt.of((int) whole.bits())
          : OptionalInt.empty();
    }
  }
}
