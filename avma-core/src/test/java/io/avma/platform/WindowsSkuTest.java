package io.avma.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsSkuTest {
  @ParameterizedTest
  @CsvSource({
    "7, PRODUCT_STANDARD_SERVER, STANDARD, ''",
    "8, PRODUCT_DATACENTER_SERVER, DATACENTER, ''",
    "13, PRODUCT_STANDARD_SERVER_CORE, STANDARD, CORE",
    "12, PRODUCT_DATACENTER_SERVER_CORE, DATACENTER, CORE",
    "146, PRODUCT_STANDARD_A_SERVER_CORE, STANDARD, CORE SEMI_ANNUAL",
    "145, PRODUCT_DATACENTER_A_SERVER_CORE, DATACENTER, CORE SEMI_ANNUAL",
    "148, PRODUCT_STANDARD_WS_SERVER_CORE, STANDARD, CORE",
    "147, PRODUCT_DATACENTER_WS_SERVER_CORE, DATACENTER, CORE",
    "144, PRODUCT_STANDARD_NANO_SERVER, STANDARD, NANO",
    "143, PRODUCT_DATACENTER_NANO_SERVER, DATACENTER, NANO",
    "50, PRODUCT_SB_SOLUTION_SERVER, ESSENTIALS, ''",
    "79, PRODUCT_STANDARD_EVALUATION_SERVER, STANDARD, EVALUATION",
    "80, PRODUCT_DATACENTER_EVALUATION_SERVER, DATACENTER, EVALUATION",
    "160, PRODUCT_STANDARD_EVALUATION_SERVER_CORE, STANDARD, CORE EVALUATION",
    "159, PRODUCT_DATACENTER_EVALUATION_SERVER_CORE, DATACENTER, CORE EVALUATION",
    "407, PRODUCT_DATACENTER_SERVER_AZURE_EDITION, AZURE_EDITION, ''",
    "408, PRODUCT_DATACENTER_SERVER_CORE_AZURE_EDITION, AZURE_EDITION, CORE",
    "406, PRODUCT_AZURESTACKHCI_SERVER_CORE, , CORE AZURE_LOCAL",
    "168, PRODUCT_AZURE_SERVER_CORE, , CORE AZURE",
    "42, PRODUCT_HYPERV, , HYPER_V_SERVER",
  })
  void aSkuIsAsPublished(int number, String constant, Edition edition, String traits) {
    WindowsSku sku = WindowsSku.of(number).orElseThrow();
    assertEquals(number, sku.number());
    assertEquals(constant, sku.constant());
    assertEquals(Optional.ofNullable(edition), sku.edition());
    ImmutableSet<WindowsSku.Trait> expected =
        Splitter.on(' ')
            .omitEmptyStrings()
            .splitToStream(traits)
            .map(WindowsSku.Trait::valueOf)
            .collect(ImmutableSet.toImmutableSet());
    assertEquals(expected, sku.traits());
    for (WindowsSku.Trait trait : WindowsSku.Trait.values()) {
      assertEquals(expected.contains(trait), sku.is(trait));
    }
    assertEquals(Standing.DOCUMENTED, sku.standing());
    assertTrue(sku.source().matches("SKU|OSSKU|SDK"), sku.source());
  }

  @Test
  void theTableHoldsTwentyNumbersAscending() {
    ImmutableList<Integer> numbers =
        WindowsSku.all().stream().map(WindowsSku::number).collect(ImmutableList.toImmutableList());
    assertEquals(20, numbers.size());
    assertEquals(ImmutableList.sortedCopyOf(numbers), numbers);
    assertEquals(Optional.empty(), WindowsSku.of(48));
    assertEquals(Optional.empty(), WindowsSku.of(-8));
  }

  @ParameterizedTest
  @CsvSource({
    "7, 17763, WS_2019",
    "8, 17763, WS_2019",
    "145, 17763, WS_1809",
    "146, 17763, WS_1809",
    "145, 18362, WS_1903",
    "8, 18362, WS_1903", // a version reports its build, whatever the SKU
    "145, 20348, WS_2022",
    "8, 25398, WS_23H2",
  })
  void aSkuNarrowsTheReleasesOfABuild(int sku, int build, WindowsRelease release) {
    assertEquals(ImmutableList.of(release), WindowsSku.of(sku).orElseThrow().releasesOf(build));
  }

  @Test
  void anUnknownBuildHasNoRelease() {
    assertEquals(ImmutableList.of(), WindowsSku.of(8).orElseThrow().releasesOf(9200));
  }
}
