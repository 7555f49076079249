package io.avma.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Programs of others that a machine may have or not. */
enum ForeignPeer {
  /** The exporter of libevtx; Debian's {@code libevtx-utils}. */
  EVTXEXPORT(".*\\.evtxexport$") {
    @Override
    boolean isHere() {
      return Files.isExecutable(Path.of(EVTXEXPORT_PROGRAM));
    }
  },
  /** The reader of pools in cloud-init; Debian's {@code cloud-init}. */
  CLOUD_INIT(".*\\.cloudInit$") {
    @Override
    boolean isHere() {
      return pythonHas("cloudinit.reporting.handlers");
    }
  },
  /** The parser of XML that comes with Python. */
  PYTHON_XML(".*\\.python$") {
    @Override
    boolean isHere() {
      return pythonHas("xml.etree.ElementTree");
    }
  };

  static final String EVTXEXPORT_PROGRAM = "/usr/bin/evtxexport";

  /** The interpreter that Debian installs packages for; another one may come first on the path. */
  static final String PYTHON = "/usr/bin/python3";

  private final String benchmark;

  ForeignPeer(String benchmark) {
    this.benchmark = benchmark;
  }

  abstract boolean isHere();

  private static boolean pythonHas(String module) {
    try {
      Process process =
          new ProcessBuilder(PYTHON, "-c", "import " + module)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Returns a regular expression that finds its measurement by name. */
  String benchmark() {
    return benchmark;
  }
}
