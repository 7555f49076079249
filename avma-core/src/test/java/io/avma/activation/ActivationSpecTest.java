package io.avma.activation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code docs/spec/activation.md} says what the machines do, and leaves no pair out. */
class ActivationSpecTest {
  private static final Path PAGE =
      Path.of(System.getProperty("avma.root", ".."), "docs", "spec", "activation.md");

  @Test
  void thePageSaysWhatTheMachinesDo() throws IOException {
    String rendered = ActivationSpec.render();
    if (Boolean.getBoolean("avma.update")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, rendered);
    }
    assertEquals(
        rendered,
        Files.readString(PAGE).replace("\r\n", "\n"),
        "docs/spec/activation.md differs; rewrite it with -Davma.update=true");
  }

  @Test
  void everyStateOfAGuestIsAskedEveryInput() {
    Set<String> asked = new LinkedHashSet<>();
    for (ActivationSpec.Row row : ActivationSpec.rows()) {
      asked.add(row.from() + " " + row.asked().input().kind());
    }
    ImmutableSet.Builder<String> all = ImmutableSet.builder();
    for (ActivationState.Kind state : ActivationState.Kind.values()) {
      for (ActivationInput.Kind input : ActivationInput.Kind.values()) {
        all.add(state + " " + input);
      }
    }
    assertEquals(all.build(), asked);
  }

  @Test
  void everyRoleOfAHostIsAskedEveryInput() {
    Set<String> asked = new LinkedHashSet<>();
    HostSpec.hosts()
        .forEach(
            (name, host) ->
                HostSpec.cases()
                    .forEach(c -> asked.add(host.roleAt(Examples.NOW) + " " + c.input().kind())));
    ImmutableSet.Builder<String> all = ImmutableSet.builder();
    for (HostActivation.Role role : HostActivation.Role.values()) {
      for (HostInput.Kind input : HostInput.Kind.values()) {
        all.add(role + " " + input);
      }
    }
    assertEquals(all.build(), asked);
  }

  @Test
  void everyRejectionNamesStateAndInputAndChangesNothing() {
    Set<Rejected.Reason> seen = new LinkedHashSet<>();
    for (ActivationSpec.Row row : ActivationSpec.rows()) {
      row.transition()
          .rejection()
          .ifPresent(
              rejected -> {
                seen.add(rejected.reason());
                assertEquals(row.from().name(), rejected.state());
                assertEquals(row.asked().input().kind().name(), rejected.input());
                assertEquals(row.guest(), row.transition().next());
              });
    }
    seen.add(Rejected.Reason.DAMAGED_REQUEST); // the host's only one
    assertEquals(ImmutableSet.copyOf(Rejected.Reason.values()), seen);
  }
}
