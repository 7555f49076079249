package io.avma.cli.fleet;

import java.util.List;

/** The columns that the reader knows, for the test of their documentation. */
public final class FleetColumns {
  private FleetColumns() {}

  /** Returns the columns of {@code hosts.csv}. */
  public static List<String> hosts() {
    return HostRows.COLUMNS;
  }

  /** Returns the columns of {@code vms.csv}. */
  public static List<String> vms() {
    return VmRows.COLUMNS;
  }
}
