package io.avma.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EditionTest {
  @ParameterizedTest
  @CsvSource({
    "datacenter, DATACENTER",
    "Data-Center, DATACENTER",
    "DC, DATACENTER",
    "ServerDatacenter, DATACENTER",
    "Standard, STANDARD",
    "std, STANDARD",
    "Server Standard, STANDARD",
    "essentials, ESSENTIALS",
    "ServerSolution, ESSENTIALS",
    "azure-edition, AZURE_EDITION",
    "Azure Edition, AZURE_EDITION",
    "AZURE_EDITION, AZURE_EDITION",
    "Datacenter: Azure Edition, AZURE_EDITION",
    "datacenter azure\u00A0edition, AZURE_EDITION",
    "azure, AZURE_EDITION",
    "ServerTurbine, AZURE_EDITION",
  })
  void anEditionIsFoundUnderTheNamesPeopleUse(String name, Edition edition) {
    assertEquals(Optional.of(edition), Edition.named(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "server",
        "Enterprise",
        "Professional",
        "Home",
        "datacenter standard",
        ">standard",
        "datac\u00E9nter",
        "d\u0441",
        "dc=1",
        "ServerHyperCore"
      })
  void whatNamesNoEditionIsNotGuessed(String name) {
    assertEquals(Optional.empty(), Edition.named(name));
  }

  @Test
  void everyEditionIsFoundUnderEachOfItsNames() {
    for (Edition edition : Edition.values()) {
      assertEquals(Optional.of(edition), Edition.named(edition.name()));
      assertEquals(Optional.of(edition), Edition.named(edition.label()));
      assertEquals(Optional.of(edition), Edition.named(edition.displayName()));
    }
    assertEquals("Datacenter: Azure Edition", Edition.AZURE_EDITION.displayName());
    assertEquals("azure-edition", Edition.AZURE_EDITION.label());
  }
}
