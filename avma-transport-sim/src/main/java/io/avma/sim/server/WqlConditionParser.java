package io.avma.sim.server;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

/** Reads what stands behind WHERE. OR binds least, then AND, then NOT. */
final class WqlConditionParser {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_CONDITIONS = 256;
  private static final ImmutableSet<String> OPERATORS =
      ImmutableSet.of("=", "<>", "!=", "<", ">", "<=", ">=");

  private final WqlScanner scanner;
  private int depth;
  private int conditions;

  WqlConditionParser(WqlScanner scanner) {
    this.scanner = scanner;
  }

  WqlCondition condition() throws WqlException {
    if (++depth > MAX_DEPTH) {
      throw new WqlException(WqlQuery.QUOTA, "WQL: nested deeper than " + MAX_DEPTH);
    }
    ImmutableList.Builder<WqlCondition> parts = ImmutableList.builder();
    do {
      parts.add(every());
    } while (scanner.took("OR"));
    depth--;
    ImmutableList<WqlCondition> all = parts.build();
    return all.size() == 1 ? all.get(0) : new WqlCondition.Any(all);
  }

  private WqlCondition every() throws WqlException {
    ImmutableList.Builder<WqlCondition> parts = ImmutableList.builder();
    do {
      parts.add(single());
    } while (scanner.took("AND"));
    ImmutableList<WqlCondition> all = parts.build();
    return all.size() == 1 ? all.get(0) : new WqlCondition.Every(all);
  }

  private WqlCondition single() throws WqlException {
    boolean not = false;
    while (scanner.took("NOT")) {
      not = !not;
    }
    WqlCondition condition;
    if (scanner.tookSign("(")) {
      condition = condition();
      if (!scanner.tookSign(")")) {
        throw scanner.unexpected(")");
      }
    } else {
      condition = comparison();
    }
    return not ? new WqlCondition.Not(condition) : condition;
  }

  private WqlCondition comparison() throws WqlException {
    if (++conditions > MAX_CONDITIONS) {
      throw new WqlException(WqlQuery.QUOTA, "WQL: more than " + MAX_CONDITIONS + " conditions");
    }
    String property = scanner.name();
    if (scanner.took("IS")) {
      boolean not = scanner.took("NOT");
      if (!scanner.took("NULL")) {
        throw scanner.unexpected("NULL");
      }
      WqlCondition absent = new WqlCondition.Absent(property);
      return not ? new WqlCondition.Not(absent) : absent;
    }
    boolean not = scanner.took("NOT");
    if (scanner.took("LIKE")) {
      if (scanner.kind() != WqlScanner.Kind.TEXT) {
        throw scanner.unexpected("a text");
      }
      WqlCondition like = new WqlCondition.Like(property, new LikePattern(constant()));
      return not ? new WqlCondition.Not(like) : like;
    }
    String operator = scanner.text();
    if (not || scanner.kind() != WqlScanner.Kind.SIGN || !OPERATORS.contains(operator)) {
      throw scanner.unexpected("an operator");
    }
    scanner.advance();
    if (scanner.is("NULL") && (operator.equals("=") || operator.equals("<>"))) {
      scanner.advance();
      WqlCondition absent = new WqlCondition.Absent(property);
      return operator.equals("=") ? absent : new WqlCondition.Not(absent);
    }
    return new WqlCondition.Comparison(property, operator, constant());
  }

  private String constant() throws WqlException {
    boolean constant =
        scanner.kind() == WqlScanner.Kind.TEXT
            || scanner.kind() == WqlScanner.Kind.NUMBER
            || scanner.is("TRUE")
            || scanner.is("FALSE");
    if (!constant) {
      throw scanner.unexpected("a text, a number, TRUE or FALSE");
    }
    String text = scanner.text();
    scanner.advance();
    return text;
  }
}
