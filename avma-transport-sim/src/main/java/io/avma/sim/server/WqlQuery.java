package io.avma.sim.server;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Optional;

/**
 * A query: which properties of which class, and of which instances.
 *
 * @param properties the properties as they were named; none for all
 * @param className the class as it was named
 * @param condition which instances
 */
record WqlQuery(ImmutableList<String> properties, String className, WqlCondition condition) {
  private static final int MAX_CHARS = 8192;
  private static final int MAX_PROPERTIES = 256;

  /** WBEM_E_QUOTA_VIOLATION. */
  static final long QUOTA = 0x8004106CL;

  /** WBEM_E_NOT_SUPPORTED. */
  private static final long NOT_SUPPORTED = 0x8004100CL;

  private static final ImmutableSet<String> ASSOCIATIONS =
      ImmutableSortedSet.orderedBy(String.CASE_INSENSITIVE_ORDER)
          .add("ASSOCIATORS", "REFERENCES")
          .build();

  /** Returns the query for all instances of a class. */
  static WqlQuery all(String className) {
    return new WqlQuery(ImmutableList.of(), className, WqlCondition.all());
  }

  /** Reads a query; its length, depth and conditions are bounded. */
  static WqlQuery parse(String text) throws WqlException {
    if (text.length() > MAX_CHARS) {
      throw new WqlException(QUOTA, "WQL: more than " + MAX_CHARS + " characters");
    }
    WqlScanner scanner = new WqlScanner(text);
    if (ASSOCIATIONS.contains(scanner.text())) {
      throw new WqlException(
          NOT_SUPPORTED,
          "WQL: the simulator answers no ASSOCIATORS OF and REFERENCES OF (expected: SELECT)");
    }
    if (!scanner.took("SELECT")) {
      throw scanner.unexpected("SELECT");
    }
    ImmutableList<String> properties = properties(scanner);
    if (!scanner.took("FROM")) {
      throw scanner.unexpected("FROM");
    }
    String className = scanner.name();
    WqlCondition condition = WqlCondition.all();
    if (scanner.took("WHERE")) {
      condition = new WqlConditionParser(scanner).condition();
    }
    if (scanner.kind() != WqlScanner.Kind.END) {
      throw scanner.unexpected("the end");
    }
    return new WqlQuery(properties, className, condition);
  }

  private static ImmutableList<String> properties(WqlScanner scanner) throws WqlException {
    if (scanner.tookSign("*")) {
      return ImmutableList.of();
    }
    ImmutableList.Builder<String> names = ImmutableList.builder();
    int count = 0;
    do {
      names.add(scanner.name());
      if (++count > MAX_PROPERTIES) {
        throw new WqlException(QUOTA, "WQL: more than " + MAX_PROPERTIES + " properties");
      }
    } while (scanner.tookSign(","));
    return names.build();
  }

  /** Returns the value that a property must have for an instance to match, if there is one. */
  Optional<String> required(String property) {
    return condition.required(property);
  }
}
