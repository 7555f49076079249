package io.avma.install;

/**
 * Why a text cannot be edited.
 *
 * @param reason why, for programs
 * @param index where, as an index into the text; for damaged bytes the end of what could be read
 * @param message why, for people
 */
record Flaw(AnswerFileEdit.Refused.Reason reason, int index, String message) {
  static Flaw notWellFormed(int index, String message) {
    return new Flaw(AnswerFileEdit.Refused.Reason.NOT_WELL_FORMED, index, message);
  }
}
