package io.avma.eventlog;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Optional;
import java.util.UUID;

/**
 * The names by which the Software Protection Platform goes in event logs. Source: the provider's
 * manifest, as published by others, and real records; observed.
 */
@CheckReturnValue
public final class SoftwareProtection {
  /** The provider's name. */
  public static final String PROVIDER = "Microsoft-Windows-Security-SPP";

  /** The name of the classic event source, which some sources show instead. */
  public static final String EVENT_SOURCE = "Software Protection Platform Service";

  /** The provider's GUID. */
  public static final UUID PROVIDER_GUID = UUID.fromString("e23b33b0-c8c9-472c-a5f9-f2bdfea0f156");

  /** The channel that the provider writes to. */
  public static final String CHANNEL = "Application";

  /** The application identifier of Windows; it tells no machines apart. */
  public static final UUID WINDOWS_APPLICATION =
      UUID.fromString("55c92734-d682-4d71-983e-d6ec3f16059f");

  private SoftwareProtection() {}

  /**
   * Returns whether {@code event} comes from this provider, by its name or its GUID. The classic
   * event source counts only where there is no name: another provider may use one of that name.
   */
  public static boolean wrote(WindowsEvent event) {
    return isName(event.providerName())
        || (event.providerName().isEmpty()
            && event.eventSourceName().filter(SoftwareProtection::isName).isPresent())
        || event.providerGuid().equals(Optional.of(PROVIDER_GUID));
  }

  private static boolean isName(String name) {
    return name.equalsIgnoreCase(PROVIDER) || name.equalsIgnoreCase(EVENT_SOURCE);
  }
}
