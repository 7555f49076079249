package io.avma.transport.wsman;

import com.google.common.collect.ImmutableMap;
import io.avma.platform.ForeignText;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimType;
import java.util.Optional;
import java.util.OptionalLong;

/** What faults mean for a caller. Sources: DMTF DSP0226, [MS-WSMV], WMI; documented. */
final class Faults {
  private static final ImmutableMap<String, Reason> BY_SUBCODE =
      ImmutableMap.<String, Reason>builder()
          .put("AccessDenied", Reason.REFUSED)
          .put("DestinationUnreachable", Reason.NOT_FOUND)
          .put("EndpointUnavailable", Reason.BUSY)
          .put("Concurrency", Reason.BUSY)
          .put("QuotaLimit", Reason.BUSY)
          .put("EncodingLimit", Reason.TOO_LARGE)
          .put("AlreadyExists", Reason.ALREADY_EXISTS)
          .put("TimedOut", Reason.TIMED_OUT)
          .put("InvalidEnumerationContext", Reason.TIMED_OUT)
          .put("ActionNotSupported", Reason.NOT_SUPPORTED)
          .put("UnsupportedFeature", Reason.NOT_SUPPORTED)
          .put("FilterDialectRequestedUnavailable", Reason.NOT_SUPPORTED)
          .put("FilteringNotSupported", Reason.NOT_SUPPORTED)
          .put("FilteringRequestedUnavailable", Reason.NOT_SUPPORTED)
          .put("DeliveryModeRequestedUnavailable", Reason.NOT_SUPPORTED)
          .put("CannotProcessFilter", Reason.INVALID)
          .put("InvalidParameter", Reason.INVALID)
          .put("InvalidSelectors", Reason.INVALID)
          .put("InvalidOptions", Reason.INVALID)
          .put("InvalidMessage", Reason.INVALID)
          .put("InvalidMessageInformationHeader", Reason.INVALID)
          .put("MessageInformationHeaderRequired", Reason.INVALID)
          .put("SchemaValidationError", Reason.INVALID)
          .buildOrThrow();

  /** Codes of Windows and WMI, which say more than the subcode where there are both. */
  private static final ImmutableMap<Long, Reason> BY_CODE =
      ImmutableMap.<Long, Reason>builder()
          .put(5L, Reason.REFUSED)
          .put(0x80338000L, Reason.NOT_FOUND)
          .put(0x80041002L, Reason.NOT_FOUND)
          .put(0x80041003L, Reason.REFUSED)
          .put(0x8004100EL, Reason.NOT_SUPPORTED)
          .put(0x80041010L, Reason.NOT_SUPPORTED)
          .put(0x80041017L, Reason.INVALID)
          .put(0x8004102FL, Reason.INVALID)
          .put(0x8004106CL, Reason.BUSY)
          .buildOrThrow();

  private Faults() {}

  /**
   * Returns what {@code fault} means.
   *
   * @param asked what was asked of whom, for people
   */
  static TransportException exception(WsManBody.Fault fault, String asked) {
    String text = asked + ": " + fault + explained(fault);
    OptionalLong wmi = wmiCode(fault.wmiError());
    Reason reason = reason(fault, wmi);
    OptionalLong code = wmi.isPresent() ? wmi : fault.code();
    return code.isPresent()
        ? TransportException.answered(reason, code.getAsLong(), text)
        : new TransportException(reason, text);
  }

  private static Reason reason(WsManBody.Fault fault, OptionalLong wmi) {
    Reason byWmi = wmi.isPresent() ? BY_CODE.get(wmi.getAsLong()) : null;
    if (byWmi != null) {
      return byWmi;
    }
    Reason byCode = fault.code().isPresent() ? BY_CODE.get(fault.code().getAsLong()) : null;
    if (byCode != null) {
      return byCode;
    }
    Reason bySubcode = fault.subcode().map(kind -> BY_SUBCODE.get(kind.name())).orElse(null);
    return bySubcode == null ? Reason.FAILED : bySubcode;
  }

  private static OptionalLong wmiCode(Optional<CimInstance> error) {
    if (error.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return error.get().number("error_Code", CimType.UINT32);
    } catch (TransportException e) {
      return OptionalLong.empty(); // an error that is no number says no more than its text
    }
  }

  private static String explained(WsManBody.Fault fault) {
    String kind = fault.subcode().map(FaultSubcode::name).orElse("");
    String advice =
        switch (kind) {
          case "InvalidEnumerationContext" ->
              " (the host has given the enumeration up, since it took too long or ended; begin"
                  + " anew)";
          case "EncodingLimit" -> " (the answer is longer than the envelope allows; ask for less)";
          case "AccessDenied" -> " (the user lacks rights on the namespace or for WinRM)";
          default -> "";
        };
    String detail = fault.message().filter(text -> !text.equals(fault.reason())).orElse("");
    return (detail.isEmpty() ? "" : " - " + ForeignText.escape(detail, 300)) + advice;
  }
}
