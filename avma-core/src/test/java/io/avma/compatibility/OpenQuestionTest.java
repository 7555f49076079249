package io.avma.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.platform.AzureLocalLicense;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.Standing;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import org.junit.jupiter.api.Test;

class OpenQuestionTest {
  private static final CompatibilityMatrix MATRIX = CompatibilityMatrix.standard();
  private static final ImmutableList<Ternary> KNOWN = ImmutableList.of(Ternary.YES, Ternary.NO);

  private record Pair(HostProfile host, GuestProfile guest) {
    Verdict verdict() {
      return MATRIX.verdict(host, guest);
    }
  }

  @Test
  void anAnswerSettlesItsQuestionAndNeverTurnsANoIntoAYes() {
    int answers = 0;
    for (HostProfile host : Profiles.hosts()) {
      for (GuestProfile guest : Profiles.guests()) {
        Pair pair = new Pair(host, guest);
        Verdict before = pair.verdict();
        for (OpenQuestion question : before.questions()) {
          for (Pair answered : answered(pair, question)) {
            Verdict after = answered.verdict();
            answers++;
            assertFalse(after.questions().contains(question), () -> pair + " " + question);
            if (before.kind() == Verdict.Kind.UNSUPPORTED) {
              assertEquals(Verdict.Kind.UNSUPPORTED, after.kind(), pair::toString);
              assertTrue(
                  after.standing().compareTo(before.standing()) <= 0,
                  "one more reason never weakens a no");
            }
            assertEquals(
                new MatrixOracle(answered.host, answered.guest).kind(),
                after.kind(),
                pair::toString);
          }
        }
      }
    }
    assertTrue(answers > 100_000, "answers: " + answers);
  }

  @Test
  void withEveryQuestionAnsweredTheVerdictIsYesOrNo() {
    Pair start = new Pair(HostProfile.unknown(), guestOfWhichNothingIsKnown());
    int[] ends = new int[2];
    settle(start, ends);
    assertTrue(ends[0] > 0, "a yes can be reached");
    assertTrue(ends[1] > 0, "a no can be reached");
  }

  /** Answers the first open question in every way, until none is left; at most twelve deep. */
  private static void settle(Pair pair, int[] ends) {
    Verdict verdict = pair.verdict();
    if (verdict.kind() == Verdict.Kind.UNDETERMINED) {
      assertNotEquals(ImmutableList.of(), verdict.questions());
      answered(pair, verdict.questions().get(0)).forEach(next -> settle(next, ends));
    } else {
      ends[verdict.isSupported() ? 0 : 1]++;
      assertEquals(new MatrixOracle(pair.host, pair.guest).kind(), verdict.kind());
    }
  }

  @Test
  void whatIsNotKnownIsAskedForInOneSentence() {
    Verdict verdict = new Pair(HostProfile.unknown(), guestOfWhichNothingIsKnown()).verdict();
    assertEquals(
        "Not known: what kind of system the host is; whether the host is itself a virtual machine"
            + " in Azure; the guest's operating system; whether Data Exchange is enabled for the"
            + " VM; whether the VM is shielded.",
        verdict.sentence());
    assertEquals(Standing.DOCUMENTED, verdict.standing());
    assertEquals(ImmutableList.of(), verdict.obstacles());
    for (OpenQuestion question : OpenQuestion.values()) {
      assertTrue(question.text().matches("(what|whether|the) .*[A-Za-z0-9]"), question.text());
    }
  }

  @Test
  void anUndeterminedVerdictIsFoundedLikeTheRulesItHasMet() {
    GuestProfile guest =
        GuestProfile.of(WindowsRelease.WS_2012_R2, Edition.STANDARD).withShielded(Ternary.UNKNOWN);
    assertEquals(
        new Verdict.Undetermined(ImmutableList.of(OpenQuestion.SHIELDED), Standing.ASSUMED),
        MATRIX.verdict(HostProfile.datacenter(WindowsRelease.WS_2025), guest));
  }

  private static GuestProfile guestOfWhichNothingIsKnown() {
    return new GuestProfile(new GuestSystem.Unknown(), Ternary.UNKNOWN, Ternary.UNKNOWN);
  }

  private static ImmutableList<Pair> answered(Pair pair, OpenQuestion question) {
    ImmutableList.Builder<Pair> all = ImmutableList.builder();
    HostProfile.Builder host = pair.host.toBuilder();
    GuestProfile guest = pair.guest;
    switch (question) {
      case HOST_PLATFORM -> {
        for (HostPlatform platform : HostPlatform.values()) {
          if (platform != HostPlatform.UNKNOWN) {
            all.add(new Pair(host.platform(platform).build(), guest));
          }
        }
      }
      case HOST_RELEASE -> {
        for (WindowsRelease release : WindowsRelease.values()) {
          all.add(new Pair(host.release(release).build(), guest));
        }
      }
      case HOST_EDITION -> {
        for (Edition edition : Edition.values()) {
          all.add(new Pair(host.edition(edition).build(), guest));
        }
      }
      case HOST_EVALUATION ->
          KNOWN.forEach(fact -> all.add(new Pair(host.evaluation(fact).build(), guest)));
      case HYPER_V_ROLE ->
          KNOWN.forEach(fact -> all.add(new Pair(host.hyperVRole(fact).build(), guest)));
      case HOST_ACTIVATED ->
          KNOWN.forEach(fact -> all.add(new Pair(host.activated(fact).build(), guest)));
      case NESTED_IN_AZURE ->
          KNOWN.forEach(fact -> all.add(new Pair(host.nestedInAzure(fact).build(), guest)));
      case AZURE_LOCAL_LICENSE -> {
        for (AzureLocalLicense license : Profiles.licenses()) {
          if (!(license instanceof AzureLocalLicense.Unknown)) {
            all.add(new Pair(host.azureLocalLicense(license).build(), guest));
          }
        }
      }
      case SUBSCRIPTION_CURRENT ->
          KNOWN.forEach(
              fact ->
                  all.add(
                      new Pair(
                          host.azureLocalLicense(new AzureLocalLicense.Subscription(fact)).build(),
                          guest)));
      case GUEST_SYSTEM -> {
        for (GuestSystem system : Profiles.systems()) {
          if (!(system instanceof GuestSystem.Unknown)) {
            all.add(
                new Pair(
                    pair.host, new GuestProfile(system, guest.dataExchange(), guest.shielded())));
          }
        }
      }
      case GUEST_EVALUATION -> {
        GuestSystem.WindowsServer server = (GuestSystem.WindowsServer) guest.system();
        for (Ternary fact : KNOWN) {
          GuestSystem system =
              new GuestSystem.WindowsServer(server.release(), server.edition(), fact);
          all.add(
              new Pair(
                  pair.host, new GuestProfile(system, guest.dataExchange(), guest.shielded())));
        }
      }
      case DATA_EXCHANGE ->
          KNOWN.forEach(fact -> all.add(new Pair(pair.host, guest.withDataExchange(fact))));
      case SHIELDED ->
          KNOWN.forEach(fact -> all.add(new Pair(pair.host, guest.withShielded(fact))));
    }
    return all.build();
  }
}
