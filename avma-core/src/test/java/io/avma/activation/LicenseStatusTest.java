package io.avma.activation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.avma.platform.Hresult;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LicenseStatusTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | License Status: Unlicensed | Unlicensed",
        "1 | License Status: Licensed | Automatic VM activation will expire DATE",
        "2 | License Status: Initial grace period | Initial grace period ends DATE",
        "3 | License Status: Additional grace period (KMS license expired or hardware out of"
            + " tolerance) | Additional grace period ends DATE",
        "4 | License Status: Non-genuine grace period. | Non-genuine grace period ends DATE",
        "5 | License Status: Notification | Windows is in Notification mode",
        "6 | License Status: Extended grace period | Extended grace period ends DATE",
      })
  void numbersAndTextsAreThoseOfWindows(int number, String line, String sentence) {
    LicenseStatus status = LicenseStatus.ofNumber(number).orElseThrow();
    assertEquals(number, status.number());
    assertEquals(line, status.statusLine());
    assertEquals(sentence, status.expirySentence(Optional.of("DATE")));
  }

  @Test
  void otherNumbersAreNoStatus() {
    assertEquals(Optional.empty(), LicenseStatus.ofNumber(7));
    assertEquals(Optional.empty(), LicenseStatus.ofNumber(-1));
  }

  @Test
  void aLicenseWithoutEndIsPermanent() {
    assertEquals(
        "The machine is permanently activated.",
        LicenseStatus.LICENSED.expirySentence(Optional.empty()));
    assertEquals(
        "Initial grace period ends ", LicenseStatus.INITIAL_GRACE.expirySentence(Optional.empty()));
  }

  @Test
  void theReasonOfANotificationHasThreeForms() {
    assertEquals(
        "Notification Reason: 0xC004FD02.", LicenseStatus.reasonLine(Hresult.HOST_NOT_ACTIVATED));
    assertEquals(
        "Notification Reason: 0xC004F009 (grace time expired).",
        LicenseStatus.reasonLine(new Hresult(0xC004F009)));
    assertEquals(
        "Notification Reason: 0xC004F200 (non-genuine).",
        LicenseStatus.reasonLine(new Hresult(0xC004F200)));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "1440, 1", "1441, 2", "10080, 7", "10081, 8"})
  void aPartOfADayCountsAsAWholeOne(long minutes, long days) {
    assertEquals(
        Optional.of("Time remaining: " + minutes + " minute(s) (" + days + " day(s))"),
        LicenseStatus.EXTENDED_GRACE.remainingLine(minutes));
  }

  @Test
  void onlyWhatEndsHasTimeLeft() {
    assertEquals(
        Optional.of("Automatic VM activation expiration: 10080 minute(s) (7 day(s))"),
        LicenseStatus.LICENSED.remainingLine(10_080));
    assertEquals(Optional.empty(), LicenseStatus.LICENSED.remainingLine(0));
    assertEquals(Optional.empty(), LicenseStatus.NOTIFICATION.remainingLine(5));
    assertEquals(Optional.empty(), LicenseStatus.UNLICENSED.remainingLine(5));
  }
}
