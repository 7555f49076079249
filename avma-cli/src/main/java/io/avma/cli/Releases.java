package io.avma.cli;

import io.avma.cli.input.Complaint;
import io.avma.cli.input.InputException;
import io.avma.cli.input.Words;
import io.avma.platform.Edition;
import io.avma.platform.WindowsRelease;

/** Releases and editions as arguments name them. */
final class Releases {
  private Releases() {}

  static WindowsRelease release(String argument, String text) throws InputException {
    return WindowsRelease.named(text)
        .orElseThrow(
            () ->
                new InputException(
                    Complaint.about(
                        argument,
                        Complaint.quoted(text) + " is no release of Windows Server with AVMA",
                        "(expected: " + Words.releases() + ", or a build such as 20348).")));
  }

  static Edition edition(String argument, String text) throws InputException {
    return Edition.named(text)
        .orElseThrow(
            () ->
                new InputException(
                    Complaint.about(
                        argument,
                        Complaint.quoted(text) + " is no edition",
                        "(expected: " + Words.EDITIONS + ").")));
  }
}
