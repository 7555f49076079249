package io.avma.sim.server;

import io.avma.platform.ForeignText;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimProperty;
import io.avma.transport.cim.CimType;
import io.avma.transport.cim.CimValue;
import io.avma.transport.wsman.FaultSubcode;
import io.avma.transport.wsman.WsManBody;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The faults of a host. Subcodes: DMTF DSP0226 and [MS-WSMV], documented; codes where documented or
 * observed by others, else none.
 */
final class Refusals {
  /** ERROR_WSMAN_OPERATION_TIMEDOUT; documented. */
  private static final long NOTHING_CAME = 0x80338029L;

  private static final long NOT_FOUND = 0x80338000L;

  /** As virt-who looks for it, in a fault about a missing name space. */
  private static final long INVALID_RESOURCE_URI = 0x8033801AL;

  private static final long QUOTA_OPERATIONS = 0x803381A6L;
  private static final long ACCESS_DENIED = 5;
  private static final long WBEM_INVALID_CLASS = 0x80041010L;
  private static final long WBEM_INVALID_METHOD = 0x8004102EL;
  private static final long WBEM_INVALID_METHOD_PARAMETERS = 0x8004102FL;
  private static final String DETAILS = "http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/";

  private Refusals() {}

  static Refusal accessDenied() {
    return of(FaultSubcode.wsman("AccessDenied"), "Access is denied.", ACCESS_DENIED);
  }

  static Refusal noHost(String name) {
    return of(
        FaultSubcode.addressing("DestinationUnreachable"),
        "There is no simulated host '" + ForeignText.escape(name, 80) + "'.",
        NOT_FOUND);
  }

  static Refusal internal() {
    return fault(
        false,
        FaultSubcode.wsman("InternalError"),
        "The simulated service failed; its log says how.");
  }

  /** What the decoder found wrong with a message. */
  static Refusal unreadable(String code, String message) {
    FaultSubcode subcode =
        switch (code) {
          case "too-long" -> FaultSubcode.wsman("EncodingLimit");
          case "unknown-action" -> FaultSubcode.addressing("ActionNotSupported");
          case "no-context" -> FaultSubcode.enumeration("InvalidEnumerationContext");
          case "no-query" -> new FaultSubcode(EventLogs.EVENTING, "FilteringRequestedUnavailable");
          case "unknown-delivery" ->
              new FaultSubcode(EventLogs.EVENTING, "DeliveryModeRequestedUnavailable");
          default -> FaultSubcode.wsman("SchemaValidationError");
        };
    return of(subcode, ForeignText.escape(message, 300));
  }

  static Refusal envelope(String why) {
    return withDetail(FaultSubcode.wsman("EncodingLimit"), why, "MaxEnvelopeSize");
  }

  static Refusal headerRequired(String header) {
    return of(
        FaultSubcode.addressing("MessageInformationHeaderRequired"),
        "The header " + header + " is missing.");
  }

  static Refusal invalidHeader(String why) {
    return of(FaultSubcode.addressing("InvalidMessageInformationHeader"), why);
  }

  static Refusal notUnderstood(String header) {
    return of(
        FaultSubcode.wsman("UnsupportedFeature"),
        "The header " + header + " must be understood, and is not.");
  }

  static Refusal unsupported(String why, String detail) {
    return withDetail(FaultSubcode.wsman("UnsupportedFeature"), why, detail);
  }

  static Refusal action(String action) {
    return of(
        FaultSubcode.addressing("ActionNotSupported"),
        "The action '"
            + ForeignText.escape(action, 200)
            + "' is not supported on this resource by the simulator.");
  }

  static Refusal shell() {
    return of(
        FaultSubcode.addressing("ActionNotSupported"),
        "The simulator runs no commands: it has neither shells nor PowerShell (served are WMI and"
            + " the event logs).");
  }

  static Refusal method(String className, String method) {
    return wmi(
        FaultSubcode.addressing("ActionNotSupported"),
        className + " has no method " + ForeignText.escape(method, 80) + " in the simulator.",
        WBEM_INVALID_METHOD);
  }

  static Refusal parameters(String why) {
    return wmi(FaultSubcode.wsman("InvalidParameter"), why, WBEM_INVALID_METHOD_PARAMETERS);
  }

  static Refusal context() {
    return of(
        FaultSubcode.enumeration("InvalidEnumerationContext"),
        "The enumeration context is none of yours: it has ended, expired, or was used before.");
  }

  static Refusal quota(int operations) {
    return of(
        FaultSubcode.wsman("QuotaLimit"),
        "This user is allowed a maximum number of "
            + operations
            + " concurrent operations, which has been exceeded. Close existing operations for"
            + " this user, or raise the quota.",
        QUOTA_OPERATIONS);
  }

  static Refusal nothingCame() {
    return of(
        FaultSubcode.wsman("TimedOut"),
        "The operation did not complete in its time: no event came.",
        NOTHING_CAME);
  }

  static Refusal noInstance() {
    return of(
        FaultSubcode.addressing("DestinationUnreachable"),
        "The service cannot find the resource identified by the resource URI and selectors.",
        NOT_FOUND);
  }

  static Refusal selectors(String why) {
    return of(FaultSubcode.wsman("InvalidSelectors"), why);
  }

  static Refusal noNamespace(String namespace) {
    return wmi(
        FaultSubcode.addressing("DestinationUnreachable"),
        "The name space " + ForeignText.escape(namespace, 80) + " does not exist.",
        INVALID_RESOURCE_URI);
  }

  static Refusal resource(String uri) {
    return of(
        FaultSubcode.addressing("DestinationUnreachable"),
        "There is no resource '" + ForeignText.escape(uri, 200) + "'.",
        INVALID_RESOURCE_URI);
  }

  static Refusal noClass(String namespace, String className) {
    return wmi(
        FaultSubcode.addressing("DestinationUnreachable"),
        "The class "
            + ForeignText.escape(className, 80)
            + " does not exist in "
            + namespace
            + " of the simulator.",
        WBEM_INVALID_CLASS);
  }

  static Refusal query(WqlException e) {
    return wmi(
        FaultSubcode.enumeration("CannotProcessFilter"), String.valueOf(e.getMessage()), e.code());
  }

  static Refusal filter(String why) {
    return of(FaultSubcode.enumeration("CannotProcessFilter"), why);
  }

  static Refusal dialect(String dialect) {
    return of(
        FaultSubcode.enumeration("FilterDialectRequestedUnavailable"),
        "The dialect '" + ForeignText.escape(dialect, 100) + "' is not supported (expected: WQL).");
  }

  private static Refusal withDetail(FaultSubcode subcode, String reason, String detail) {
    return new Refusal(
        new WsManBody.Fault(
            true,
            Optional.of(subcode),
            reason,
            Optional.of(DETAILS + detail),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.of(reason),
            Optional.empty()));
  }

  private static Refusal of(FaultSubcode subcode, String reason) {
    return fault(true, subcode, reason);
  }

  private static Refusal fault(boolean bySender, FaultSubcode subcode, String reason) {
    return new Refusal(
        new WsManBody.Fault(
            bySender,
            Optional.of(subcode),
            reason,
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.of(reason),
            Optional.empty()));
  }

  private static Refusal of(FaultSubcode subcode, String reason, long code) {
    return new Refusal(
        new WsManBody.Fault(
            true,
            Optional.of(subcode),
            reason,
            Optional.empty(),
            OptionalLong.of(code),
            Optional.empty(),
            Optional.of(reason),
            Optional.empty()));
  }

  private static Refusal wmi(FaultSubcode subcode, String reason, long code) {
    CimInstance error =
        CimInstance.of(
            "MSFT_WmiError",
            CimProperty.of("CIMStatusCode", CimValue.of(CimType.UINT32, 1)),
            CimProperty.of("Message", CimValue.of(reason)),
            CimProperty.of(
                "MessageID", CimValue.of(String.format(Locale.ROOT, "HRESULT 0x%08x", code))),
            CimProperty.of("OwningEntity", CimValue.of("AVMA for Java, simulated")),
            CimProperty.of("error_Code", CimValue.of(CimType.UINT32, code)),
            CimProperty.of("error_Type", CimValue.of("HRESULT")));
    return new Refusal(
        new WsManBody.Fault(
            true,
            Optional.of(subcode),
            reason,
            Optional.empty(),
            OptionalLong.of(code),
            Optional.empty(),
            Optional.of(reason),
            Optional.of(error)));
  }
}
