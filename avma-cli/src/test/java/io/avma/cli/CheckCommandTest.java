package io.avma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.compatibility.CompatibilityMatrix;
import io.avma.compatibility.Verdict;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostProfile;
import io.avma.platform.WindowsRelease;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckCommandTest {
  @Test
  void everyPairOfReleasesIsAnsweredAsTheMatrixDoes() {
    for (WindowsRelease host : WindowsRelease.values()) {
      for (WindowsRelease guest : WindowsRelease.values()) {
        Verdict verdict =
            CompatibilityMatrix.standard()
                .verdict(HostProfile.datacenter(host), GuestProfile.of(guest, Edition.STANDARD));
        Run.avma(
                "check",
                "--host",
                host.label() + "/datacenter",
                "--guest",
                guest.label() + "/standard")
            .exits(verdict.isSupported() ? 0 : 1);
      }
    }
  }

  @Test
  void everyFlagChangesTheAnswer() {
    List<String[]> pairs =
        List.of(
            new String[] {"2022/datacenter,not-activated", "2019/standard"},
            new String[] {"2022/datacenter,evaluation", "2019/standard"},
            new String[] {"2022/datacenter,no-hyper-v", "2019/standard"},
            new String[] {"2022/datacenter,nested-in-azure", "2019/standard"},
            new String[] {"2022/datacenter", "2019/standard,evaluation"},
            new String[] {"2022/datacenter", "2019/standard,Data-Exchange-Off"},
            new String[] {"2022/datacenter", "2019/standard,shielded"},
            new String[] {"2022/standard", "2019/standard"},
            new String[] {"2022/datacenter", "windows-11"},
            new String[] {"2022/datacenter", "Windows Server 2012"},
            new String[] {"2022/datacenter", "linux"},
            new String[] {"2022/datacenter", "2022/azure-edition"},
            new String[] {"hyper-v-server", "2019/standard"},
            new String[] {"other-hypervisor", "2019/standard"},
            new String[] {"vmware", "2019/standard"},
            new String[] {"azure", "2019/standard"},
            new String[] {"azure-local,no-license", "2019/standard"},
            new String[] {"azure-local,subscription-lapsed", "2019/standard"},
            new String[] {"azure-local,key=2019", "2022/standard"},
            new String[] {"azure-local,key=2016", "2016/standard"});
    for (String[] pair : pairs) {
      Run run = Run.avma("check", "--host", pair[0], "--guest", pair[1]).exits(1);
      assertEquals(2, run.out().lines().filter(line -> !line.isEmpty()).limit(2).count());
    }
    Run.avma("check", "--host", "azure-local,key=2022", "--guest", "2022/azure-edition").exits(0);
    Run.avma("check", "--host", "azure-local,subscription", "--guest", "2025/standard").exits(0);
  }

  @Test
  void whatCannotBeToldExitsWithThree() {
    Run run = Run.avma("check", "--host", "azure-local", "--guest", "2019/standard").exits(3);
    assertTrue(run.out().contains("not known"), run.out());
    Run.avma("check", "--host", "unknown", "--guest", "unknown").exits(3);
  }

  @Test
  void ofSeveralHostsOneNoIsEnough() {
    Run run =
        Run.avma(
                "check",
                "--host",
                "2022/datacenter",
                "--host",
                "2016/datacenter",
                "--host",
                "azure-local",
                "--guest",
                "2019/standard",
                "--json")
            .exits(1);
    assertEquals(
        List.of("supported", "unsupported", "undetermined"),
        run.objects("verdict").stream().map(verdict -> verdict.get("verdict")).toList());
    Map<?, ?> obstacle = (Map<?, ?>) ((List<?>) run.objects().get(1).get("obstacles")).get(0);
    assertEquals("guest-newer-than-host", obstacle.get("kind"));
    assertEquals("TNK62-RXVTB-4P47B-2D623-4GF74", run.objects().get(0).get("key"));
  }

  @Test
  void whatIsNoHostOrGuestIsWrongUsageAndNamesTheForm() {
    for (String[] pair :
        new String[][] {
          {"2018/datacenter", "2019/standard"},
          {"2022/web", "2019/standard"},
          {"2022", "2019/standard"},
          {"", "2019/standard"},
          {"windows-server", "2019/standard"},
          {"2022/datacenter,fast", "2019/standard"},
          {"azure-local,key=2003", "2019/standard"},
          {"2022/datacenter", "2019"},
          {"2022/datacenter", "solaris?"},
          {"2022/datacenter", "2019/standard,fast"}
        }) {
      Run run = Run.avma("check", "--host", pair[0], "--guest", pair[1]).exits(2);
      assertTrue(run.err().contains("(expected: ") || run.err().contains("Write "), run.err());
      assertEquals("", run.out());
    }
    Run.avma("check", "--host", "2022/datacenter").exits(2);
  }
}
