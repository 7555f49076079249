package io.avma.cli.input;

import com.google.common.collect.ImmutableList;

/**
 * One row of a CSV file.
 *
 * @param line the line on which it begins, from 1
 * @param cells its cells, without surrounding blanks
 */
public record CsvRow(long line, ImmutableList<String> cells) {
  /** Returns whether no cell holds anything. */
  public boolean isBlank() {
    return cells.stream().allMatch(String::isEmpty);
  }
}
