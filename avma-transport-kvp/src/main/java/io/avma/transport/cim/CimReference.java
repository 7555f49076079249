package io.avma.transport.cim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.ForeignText;
import java.util.Locale;

/**
 * A reference to an instance, as WS-Management writes it: a class by its URI, and keys.
 *
 * @param address where it is to be asked for; {@link #ANONYMOUS} for the same host
 * @param resourceUri the class, for example {@code
 *     http://schemas.microsoft.com/wbem/wsman/1/wmi/root/virtualization/v2/Msvm_ComputerSystem}
 * @param keys the keys by name, each text or a reference; in the order of the wire
 */
@CheckReturnValue
public record CimReference(
    String address, String resourceUri, ImmutableMap<String, CimValue> keys) {
  /** The address of whoever answers, the same for both addressing name spaces; documented. */
  public static final String ANONYMOUS =
      "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous";

  /** What every URI of a WMI class begins with. */
  public static final String WMI = "http://schemas.microsoft.com/wbem/wsman/1/wmi/";

  /** Checks the keys. */
  public CimReference {
    checkArgument(
        keys.values().stream()
            .allMatch(key -> key instanceof CimValue.Text || key instanceof CimValue.Reference),
        "a key is neither text nor a reference");
  }

  /**
   * Returns the reference to an instance of WMI on the same host.
   *
   * @param namespace for example {@code root/virtualization/v2}; backslashes are read as slashes
   */
  public static CimReference wmi(
      String namespace, String className, ImmutableMap<String, String> keys) {
    ImmutableMap.Builder<String, CimValue> values = ImmutableMap.builder();
    keys.forEach((name, value) -> values.put(name, new CimValue.Text(value)));
    return new CimReference(ANONYMOUS, uri(namespace, className), values.buildOrThrow());
  }

  static String uri(String namespace, String className) {
    String path = namespace.replace('\\', '/');
    return WMI + path + (path.isEmpty() ? "" : "/") + className;
  }

  /** Returns the name of the class: what follows the last slash of the URI. */
  public String className() {
    return resourceUri.substring(resourceUri.lastIndexOf('/') + 1);
  }

  /** Returns the name space with slashes; empty if the URI names none of WMI. */
  public String namespace() {
    if (!resourceUri.toLowerCase(Locale.ROOT).startsWith(WMI)) {
      return "";
    }
    int end = resourceUri.lastIndexOf('/');
    return end <= WMI.length() ? "" : resourceUri.substring(WMI.length(), end);
  }

  /**
   * Returns the object path of WMI, which properties such as {@code Parent} hold as text: {@code
   * root/virtualization/v2:Class.Key="value"}. Quotes and backslashes of values are escaped.
   */
  public String toObjectPath() {
    StringBuilder path = new StringBuilder(namespace());
    path.append(path.length() == 0 ? "" : ":").append(className());
    char separator = '.';
    for (var key : keys.entrySet()) {
      String value =
          key.getValue() instanceof CimValue.Reference inner
              ? inner.reference().toObjectPath()
              : key.getValue().text();
      path.append(separator).append(key.getKey()).append("=\"");
      path.append(value.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
      separator = ',';
    }
    return path.toString();
  }

  /** Returns the object path, escaped and cut. */
  @Override
  public String toString() {
    return ForeignText.escape(toObjectPath(), 200);
  }
}
