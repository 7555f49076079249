package io.avma.sim.server;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.avma.eventlog.WindowsEvent;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimType;

/**
 * Which events of a log a subscription wants: {@code *}, or {@code *[System[…]]} with conditions on
 * {@code EventID}, {@code EventRecordID}, {@code Level}, {@code Provider[@Name=…]} and {@code
 * TimeCreated[@SystemTime…]}, joined by and, or and parentheses. That much of the XPath of Windows
 * is understood, and no more.
 */
final class EventQuery {
  private static final int MAX_CHARS = 8192;
  private static final int MAX_DEPTH = 32;
  private static final int MAX_CONDITIONS = 256;
  private static final ImmutableSet<String> OPERATORS =
      ImmutableSet.of("=", "!=", "<", ">", "<=", ">=");

  private final WqlScanner scanner;
  private int depth;
  private int conditions;

  private EventQuery(WqlScanner scanner) {
    this.scanner = scanner;
  }

  static WqlCondition parse(String text) throws WqlException {
    if (text.length() > MAX_CHARS) {
      throw new WqlException(WqlQuery.QUOTA, "query: more than " + MAX_CHARS + " characters");
    }
    EventQuery query = new EventQuery(new WqlScanner(text));
    WqlCondition condition = query.query();
    if (query.scanner.kind() != WqlScanner.Kind.END) {
      throw query.scanner.unexpected("the end");
    }
    return condition;
  }

  static boolean matches(WqlCondition condition, WindowsEvent event) {
    return condition.equals(WqlCondition.all()) || condition.matches(facts(event));
  }

  private static CimInstance facts(WindowsEvent event) {
    Row row =
        new Row()
            .set("EventID", CimType.UINT32, event.eventId())
            .set("EventRecordID", CimType.UINT64, event.recordId())
            .set("Level", CimType.UINT8, event.level().orElse(4))
            .set("Provider", event.providerName());
    event.timeCreated().ifPresent(time -> row.set("TimeCreated", time));
    return SHAPE.instance(row);
  }

  private static final WmiClass SHAPE =
      WmiClass.of(
          "",
          "Event",
          "",
          "EventID EventRecordID Level Provider TimeCreated",
          (view, wanted) -> ImmutableList.<Row>of().iterator());

  private WqlCondition query() throws WqlException {
    if (!scanner.tookSign("*") && !scanner.took("Event")) {
      throw scanner.unexpected("*");
    }
    if (!scanner.tookSign("[")) {
      return WqlCondition.all();
    }
    if (!scanner.took("System")) {
      throw scanner.unexpected("System");
    }
    expect("[");
    WqlCondition condition = any();
    expect("]");
    expect("]");
    return condition;
  }

  private WqlCondition any() throws WqlException {
    if (++depth > MAX_DEPTH) {
      throw new WqlException(WqlQuery.QUOTA, "query: nested deeper than " + MAX_DEPTH);
    }
    ImmutableList.Builder<WqlCondition> parts = ImmutableList.builder();
    do {
      ImmutableList.Builder<WqlCondition> every = ImmutableList.builder();
      do {
        every.add(single());
      } while (scanner.took("and"));
      parts.add(new WqlCondition.Every(every.build()));
    } while (scanner.took("or"));
    depth--;
    return new WqlCondition.Any(parts.build());
  }

  private WqlCondition single() throws WqlException {
    if (++conditions > MAX_CONDITIONS) {
      throw new WqlException(WqlQuery.QUOTA, "query: more than " + MAX_CONDITIONS + " conditions");
    }
    if (scanner.tookSign("(")) {
      WqlCondition inner = any();
      expect(")");
      return inner;
    }
    String name = scanner.name();
    switch (name) {
      case "EventID", "EventRecordID", "Level" -> {
        return comparison(name);
      }
      case "Provider" -> {
        return attribute(name, "Name");
      }
      case "TimeCreated" -> {
        return attribute(name, "SystemTime");
      }
      default ->
          throw new WqlException(
              WqlScanner.INVALID_QUERY,
              "query: a condition that the simulator does not know (expected: EventID,"
                  + " EventRecordID, Level, Provider or TimeCreated)");
    }
  }

  private WqlCondition attribute(String name, String attribute) throws WqlException {
    expect("[");
    ImmutableList.Builder<WqlCondition> parts = ImmutableList.builder();
    do {
      expect("@");
      if (!scanner.took(attribute)) {
        throw scanner.unexpected("@" + attribute);
      }
      parts.add(comparison(name));
      if (++conditions > MAX_CONDITIONS) {
        throw new WqlException(WqlQuery.QUOTA, "query: too many conditions");
      }
    } while (scanner.took("or"));
    expect("]");
    return new WqlCondition.Any(parts.build());
  }

  private WqlCondition comparison(String name) throws WqlException {
    String operator = scanner.text();
    if (scanner.kind() != WqlScanner.Kind.SIGN || !OPERATORS.contains(operator)) {
      throw scanner.unexpected("an operator");
    }
    scanner.advance();
    if (scanner.kind() != WqlScanner.Kind.TEXT && scanner.kind() != WqlScanner.Kind.NUMBER) {
      throw scanner.unexpected("a number or text");
    }
    String constant = scanner.text();
    scanner.advance();
    return new WqlCondition.Comparison(name, operator, constant);
  }

  private void expect(String sign) throws WqlException {
    if (!scanner.tookSign(sign)) {
      throw scanner.unexpected(sign);
    }
  }
}
