package io.avma.transport.cim;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.transport.TransportException;

/**
 * Instances as CIM-XML, {@code <INSTANCE CLASSNAME="…">}, in the form in which WMI puts them into
 * strings.
 *
 * <p>Decoding what was encoded gives the same instance, if its values have the types that its
 * properties tell. Any text decodes to instances or to a {@link TransportException} for {@code
 * DAMAGED}. Read are: several instances one after the other, elements around them, blanks between
 * elements, {@code GetText} with its system properties and origins, letter case of types, missing
 * types, qualifiers (passed over), references, embedded objects, CDATA, and a text that is escaped
 * once more as a whole. Written is what hosts write: one line, no declaration, only {@code & < >}
 * escaped. The codes of flaws:
 *
 * <table>
 * <caption>Codes</caption>
 * <tr><td>{@code malformed}<td>no well-formed XML, or a character that XML cannot hold
 * <tr><td>{@code torn}<td>the text ends too early
 * <tr><td>{@code document-type}<td>a document type, which is never used
 * <tr><td>{@code unknown-reference}<td>an {@code &} that begins no reference, or an entity
 * <tr><td>{@code unexpected-text}, {@code unexpected-element}
 *     <td>something where it may not be, for example a value that broke out of its element
 * <tr><td>{@code duplicate-property}, {@code duplicate-key}<td>a name twice
 * <tr><td>{@code missing-attribute}<td>no name, or no class
 * <tr><td>{@code wrong-type}<td>a value that is none of its type, or out of its range
 * <tr><td>{@code too-long}, {@code too-deep}, {@code too-many-properties}, {@code
 *     too-many-values}, {@code too-many-attributes}<td>more than {@link CimLimits} allow
 * <tr><td>{@code instance-count}<td>none or several where one is wanted
 * </table>
 */
@CheckReturnValue
public final class CimXmlCodec {
  private CimXmlCodec() {}

  /**
   * Returns the instance as XML, its properties in their order.
   *
   * @throws IllegalArgumentException if a text holds what {@linkplain XmlText#firstUncarried XML
   *     cannot carry}, or a reference leads out of WMI
   */
  public static String encode(CimInstance instance) {
    StringBuilder out = new StringBuilder(256);
    InstanceWriter.write(out, instance);
    return out.toString();
  }

  /**
   * Returns the one instance in {@code text}, within {@link CimLimits#STANDARD}.
   *
   * @throws TransportException {@code DAMAGED} if it cannot be read, or there is none or another
   */
  public static CimInstance decode(String text) throws TransportException {
    ImmutableList<CimInstance> all = decodeAll(text, CimLimits.STANDARD);
    if (all.size() != 1) {
      throw new InstanceReader("", CimLimits.STANDARD)
          .damaged("instance-count", all.size() + " instances (expected: 1)");
    }
    return all.get(0);
  }

  /**
   * Returns all instances in {@code text}, in their order; none for an empty text.
   *
   * @throws TransportException {@code DAMAGED} if it cannot be read or is beyond the limits
   */
  public static ImmutableList<CimInstance> decodeAll(String text, CimLimits limits)
      throws TransportException {
    InstanceReader reader = new InstanceReader(text, limits);
    ImmutableList.Builder<CimInstance> all = ImmutableList.builder();
    for (String name = reader.nextInstance(); name != null; name = reader.nextInstance()) {
      all.add(reader.instance(name));
    }
    return all.build();
  }
}
