package io.avma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.compatibility.CompatibilityMatrix;
import io.avma.compatibility.Verdict;
import io.avma.platform.AzureLocalLicense;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The words of {@code --host} and {@code --guest}: none is swallowed. */
class MachinesTest {
  private static final GuestProfile GUEST =
      GuestProfile.of(WindowsRelease.WS_2016, Edition.STANDARD);

  /** What each flag does to a host, in other words than those of the command. */
  private static final Map<String, UnaryOperator<HostProfile.Builder>> FLAGS =
      new LinkedHashMap<>();

  static {
    FLAGS.put("not-activated", host -> host.activated(Ternary.NO));
    FLAGS.put("evaluation", host -> host.evaluation(Ternary.YES));
    FLAGS.put("no-hyper-v", host -> host.hyperVRole(Ternary.NO));
    FLAGS.put("nested-in-azure", host -> host.nestedInAzure(Ternary.YES));
    FLAGS.put("key=2022", host -> host.azureLocalLicense(key(WindowsRelease.WS_2022)));
    FLAGS.put("subscription", host -> host.azureLocalLicense(subscription(Ternary.YES)));
    FLAGS.put("subscription-lapsed", host -> host.azureLocalLicense(subscription(Ternary.NO)));
    FLAGS.put("no-license", host -> host.azureLocalLicense(new AzureLocalLicense.None()));
  }

  private static AzureLocalLicense key(WindowsRelease release) {
    return new AzureLocalLicense.HostKey(release);
  }

  private static AzureLocalLicense subscription(Ternary current) {
    return new AzureLocalLicense.Subscription(current);
  }

  /** Flags that mean nothing were once taken without a word, as if they had been considered. */
  @Test
  void aFlagOfAHostIsTakenExactlyWhereItMayChangeTheAnswer() {
    for (HostPlatform platform : HostPlatform.values()) {
      String name =
          platform == HostPlatform.WINDOWS_SERVER
              ? "2022/datacenter"
              : platform.name().toLowerCase(Locale.ROOT).replace('_', '-');
      HostProfile host =
          platform == HostPlatform.WINDOWS_SERVER
              ? HostProfile.datacenter(WindowsRelease.WS_2022)
              : HostProfile.azureLocal(new AzureLocalLicense.Unknown()).toBuilder()
                  .platform(platform)
                  .build();
      FLAGS.forEach(
          (flag, change) -> {
            boolean changes =
                !verdict(host).equals(verdict(change.apply(host.toBuilder()).build()));
            Run run = check(name + "," + flag, "2016/standard");
            assertEquals(changes, run.code() != 2, () -> name + "," + flag + "\n" + run.err());
            if (!changes) {
              assertTrue(run.err().contains("'" + flag + "' says nothing about "), run.err());
              assertTrue(run.err().contains("(expected: "), run.err());
              assertEquals("", run.out());
            }
          });
    }
  }

  private static Verdict verdict(HostProfile host) {
    return CompatibilityMatrix.standard().verdict(host, GUEST);
  }

  @Test
  void ofTwoLicensesNoneWins() {
    for (String flags :
        new String[] {
          "key=2022,no-license",
          "no-license,key=2022",
          "key=2022,key=2019",
          "subscription,subscription-lapsed",
          "nested-in-azure,nested-in-azure"
        }) {
      Run run = check("azure-local," + flags, "2022/standard");
      assertEquals(2, run.code(), flags);
      assertTrue(run.err().contains("stands beside another of its kind."), run.err());
    }
  }

  @Test
  void aFlagOfAGuestThatMeansNothingIsRefused() {
    for (String guest :
        new String[] {
          "linux", "windows-11", "Windows Server 2012", "unknown", "Windows Server vNext"
        }) {
      Run run = check("2022/datacenter", guest + ",evaluation");
      assertEquals(2, run.code(), guest);
      assertTrue(run.err().contains("'evaluation' says nothing about "), run.err());
    }
    for (String flag : new String[] {"shielded", "data-exchange-off"}) {
      Run.avma("install-key", "--guest", "2022/datacenter," + flag).exits(2);
    }
    Run.avma("install-key", "--guest", "2022/datacenter,evaluation").exits(0);
  }

  /** The word in the name was once dropped, and the answer was yes. */
  @Test
  void evaluationMayStandInTheNameOfTheGuest() {
    Run run = check("2022/datacenter", "Windows Server 2019 Standard Evaluation").exits(1);
    assertTrue(run.out().contains("evaluation media"), run.out());
  }

  @Test
  void aReleaseThatIsNotOutYetIsNotKnown() {
    assertEquals(3, check("2022/datacenter", "Windows Server 2028 Datacenter").code());
  }

  private static Run check(String host, String guest) {
    return Run.avma("check", "--host", host, "--guest", guest);
  }
}
