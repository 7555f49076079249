package io.avma.sim.server;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimProperty;
import io.avma.transport.cim.CimReference;
import io.avma.transport.cim.CimValue;
import java.util.Iterator;
import java.util.Map;

/**
 * A class of WMI.
 *
 * @param namespace for example {@code root/cimv2}
 * @param name its name
 * @param keys the properties that name an instance
 * @param properties all properties, in the order of the wire
 * @param arrays those that hold arrays, which are left out where there is no value
 * @param rows what there is
 */
record WmiClass(
    String namespace,
    String name,
    ImmutableList<String> keys,
    ImmutableList<String> properties,
    ImmutableList<String> arrays,
    Rows rows) {
  private static final Splitter WORDS = Splitter.on(' ').trimResults().omitEmptyStrings();

  /** Gives the instances of a host one after the other, as they are when their turn comes. */
  interface Rows {
    /**
     * Returns the instances.
     *
     * @param wanted what the condition says beforehand; more instances than that are no error
     */
    Iterator<Row> of(HostView host, WqlCondition wanted);
  }

  /**
   * Returns a class.
   *
   * @param keys names between blanks
   * @param properties names between blanks in alphabetical order, of arrays with [] behind them
   */
  static WmiClass of(String namespace, String name, String keys, String properties, Rows rows) {
    ImmutableList<String> told = ImmutableList.copyOf(WORDS.split(properties));
    return new WmiClass(
        namespace,
        name,
        ImmutableList.copyOf(WORDS.split(keys)),
        told.stream().map(WmiClass::plain).collect(ImmutableList.toImmutableList()),
        told.stream()
            .filter(property -> property.endsWith("[]"))
            .map(WmiClass::plain)
            .collect(ImmutableList.toImmutableList()),
        rows);
  }

  private static String plain(String name) {
    return name.endsWith("[]") ? name.substring(0, name.length() - 2) : name;
  }

  String uri() {
    return CimReference.WMI + namespace + "/" + name;
  }

  boolean has(String property) {
    return properties.stream().anyMatch(property::equalsIgnoreCase);
  }

  /** Returns the instance of a row, every property with a value or without. */
  CimInstance instance(Row row) {
    ImmutableList.Builder<CimProperty> all = ImmutableList.builder();
    int used = 0;
    for (String property : properties) {
      CimValue value = row.values().get(property);
      used += value == null ? 0 : 1;
      if (value != null) {
        all.add(CimProperty.of(property, value));
      } else if (!arrays.contains(property)) {
        all.add(CimProperty.of(property, CimValue.Nil.NIL));
      }
    }
    checkState(used == row.values().size(), "%s has not all of %s", name, row.values().keySet());
    return new CimInstance(name, all.build());
  }

  /** Returns the instance with these properties only; all if there are none. */
  CimInstance projected(CimInstance instance, ImmutableList<String> wanted) {
    return wanted.isEmpty()
        ? instance
        : new CimInstance(
            name,
            instance.properties().stream()
                .filter(property -> wanted.stream().anyMatch(property.name()::equalsIgnoreCase))
                .collect(ImmutableList.toImmutableList()));
  }

  CimReference reference(CimInstance instance) {
    ImmutableMap.Builder<String, CimValue> values = ImmutableMap.builder();
    for (String key : keys) {
      CimValue value = instance.value(key);
      values.put(key, value instanceof CimValue.Reference ? value : CimValue.of(value.text()));
    }
    return new CimReference(CimReference.ANONYMOUS, uri(), values.buildOrThrow());
  }

  CimReference reference(Map<String, String> values) {
    return CimReference.wmi(namespace, name, ImmutableMap.copyOf(values));
  }
}
