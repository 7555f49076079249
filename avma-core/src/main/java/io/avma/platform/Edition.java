package io.avma.platform;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Locale;
import java.util.Optional;

/** An edition of Windows Server that has AVMA keys of its own. */
@CheckReturnValue
public enum Edition {
  /** Datacenter, the only edition that can activate guests. */
  DATACENTER("Datacenter", "datacenter"),
  /** Standard. */
  STANDARD("Standard", "standard"),
  /** Essentials; exists for 2012 R2, 2016 and 2019. */
  ESSENTIALS("Essentials", "essentials"),
  /** Datacenter: Azure Edition; exists since 2022, for Azure and Azure Local only. */
  AZURE_EDITION("Datacenter: Azure Edition", "azure-edition");

  private final String displayName;
  private final String label;

  Edition(String displayName, String label) {
    this.displayName = displayName;
    this.label = label;
  }

  /** Returns the edition as Microsoft writes it. */
  public String displayName() {
    return displayName;
  }

  /** Returns the word that command lines and files use: {@code azure-edition}. */
  public String label() {
    return label;
  }

  /**
   * Returns the edition that people call {@code name}: a label, a display name, an image edition
   * ({@code ServerDatacenter}, {@code ServerTurbine} for Azure Edition); case, blanks and
   * punctuation do not matter.
   */
  public static Optional<Edition> named(String name) {
    String wanted = name.toLowerCase(Locale.ROOT).replaceAll("[\\p{Z}\\s\\p{P}]+", "");
    return switch (wanted.startsWith("server") ? wanted.substring("server".length()) : wanted) {
      case "datacenter", "dc" -> Optional.of(DATACENTER);
      case "standard", "std" -> Optional.of(STANDARD);
      case "essentials", "solution" -> Optional.of(ESSENTIALS);
      case "azureedition", "datacenterazureedition", "azure", "turbine" ->
          Optional.of(AZURE_EDITION);
      default -> Optional.empty();
    };
  }
}
