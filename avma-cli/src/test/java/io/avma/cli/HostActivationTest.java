package io.avma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a fleet file says of activation and evaluation media is asked, or refused; never dropped.
 */
class HostActivationTest {
  private static final String VMS = "vm,host,release,edition\nvm1,hv1,2022,standard\n";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "yes, no, supported",
    "no, no, unsupported",
    "'', no, undetermined",
    "yes, yes, unsupported",
    "yes, '', undetermined",
  })
  void azureStackHubMustBeActivatedAndNoEvaluation(
      String activated, String evaluation, String verdict) throws IOException {
    String hosts =
        "host,platform,activated,evaluation\nhv1,azure-stack-hub,"
            + activated
            + ","
            + evaluation
            + "\n";
    assertEquals(verdict, plan(hosts, VMS).exits(0).objects("vm").get(0).get("verdict"));
  }

  @ParameterizedTest
  @CsvSource({"activated, no", "evaluation, yes", "hyper_v_role, no"})
  void whatAzureLocalDoesNotLookAtIsRefused(String column, String cell) throws IOException {
    String header = "host,platform,azure_local_license," + column + "\n";
    Run refused = plan(header + "hv1,azure-local,2022," + cell + "\n", VMS).exits(2);
    assertTrue(
        refused.err().contains("column '" + column + "': an Azure Local host "), refused.err());
    plan(header + "hv1,azure-local,2022,\n", VMS).exits(0);
    plan(header + "hv1,azure-local,2022," + (cell.equals("no") ? "yes" : "no") + "\n", VMS)
        .exits(0);
  }

  @ParameterizedTest
  @CsvSource({
    "no, '', '', supported",
    "yes, '', '', unsupported",
    "'', '', '', undetermined",
    "'', 7, '', supported",
    "'', 79, '', unsupported",
    "'', '', Windows Server 2022 Standard Evaluation, unsupported",
  })
  void anEmptyCellForEvaluationOfAGuestMeansUnknown(
      String evaluation, String sku, String system, String verdict) throws IOException {
    String hosts = "host,release,edition,activated\nhv1,2022,datacenter,yes\n";
    String vms =
        "vm,host,release,edition,evaluation,sku,system\nvm1,hv1,2022,standard,"
            + String.join(",", evaluation, sku, system)
            + "\n";
    Map<String, Object> vm = plan(hosts, vms).exits(0).objects("vm").get(0);
    assertEquals(verdict, vm.get("verdict"));
    if (verdict.equals("undetermined")) {
      assertEquals(List.of("whether the guest runs from evaluation media"), vm.get("questions"));
    }
  }

  @Test
  void withoutTheColumnAGuestIsAssumedToBeFromNoEvaluationMedia() throws IOException {
    String hosts = "host,release,edition,activated\nhv1,2022,datacenter,yes\n";
    assertEquals("supported", plan(hosts, VMS).exits(0).objects("vm").get(0).get("verdict"));
  }

  private Run plan(String hosts, String vms) throws IOException {
    Files.writeString(folder.resolve("hosts.csv"), hosts);
    Files.writeString(folder.resolve("vms.csv"), vms);
    return Run.avma("plan", folder.toString(), "--json");
  }
}
