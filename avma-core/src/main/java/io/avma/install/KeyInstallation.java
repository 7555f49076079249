package io.avma.install;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.catalog.KmsClientKey;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import java.util.Optional;

/**
 * How an AVMA key gets into its guest: what to type, and what to write into an answer file.
 *
 * <pre>{@code
 * KeyInstallation installation =
 *     KeyInstallation.forGuest(guest, KeyCatalog.standard()).orElseThrow();
 * installation.slmgr().line(); // slmgr /ipk W3GNR-8DDXR-2TFRP-H8P33-DV9BG
 * AnswerFileEdit edit = installation.insertInto(bytes, AnswerFileOptions.standard());
 * }</pre>
 *
 * <p>Immutable. Runs nothing and opens nothing.
 */
@CheckReturnValue
public final class KeyInstallation {
  private final AvmaKey key;
  private final WindowsRelease release;
  private final boolean evaluation;
  private final KeyCatalog catalog;

  private KeyInstallation(
      AvmaKey key, WindowsRelease release, boolean evaluation, KeyCatalog catalog) {
    this.key = key;
    this.release = release;
    this.evaluation = evaluation;
    this.catalog = catalog;
  }

  /** Returns how {@code key} is installed in a guest that is not from evaluation media. */
  public static KeyInstallation of(AvmaKey key) {
    return new KeyInstallation(key, key.release(), false, KeyCatalog.standard());
  }

  /**
   * Returns how the key of a guest with {@code release} and {@code edition} is installed; empty if
   * {@code catalog} has none, and {@link KeyCatalog#absence} says why.
   */
  public static Optional<KeyInstallation> of(
      WindowsRelease release, Edition edition, KeyCatalog catalog) {
    return catalog
        .find(release, edition)
        .map(key -> new KeyInstallation(key, release, false, catalog));
  }

  /**
   * Returns how the key of {@code guest} is installed; empty if the guest is no Windows Server with
   * AVMA, or {@code catalog} has no key for it.
   */
  public static Optional<KeyInstallation> forGuest(GuestProfile guest, KeyCatalog catalog) {
    if (guest.system() instanceof GuestSystem.WindowsServer server) {
      return of(server.release(), server.edition(), catalog)
          .map(installation -> installation.withEvaluation(server.evaluation() == Ternary.YES));
    }
    return Optional.empty();
  }

  /** Returns this installation for a guest from evaluation media, or from other media. */
  public KeyInstallation withEvaluation(boolean fromEvaluationMedia) {
    return new KeyInstallation(key, release, fromEvaluationMedia, catalog);
  }

  /** Returns the key. */
  public AvmaKey key() {
    return key;
  }

  /** Returns the release of the guest: one of those that the key belongs to. */
  public WindowsRelease release() {
    return release;
  }

  /** Returns whether the guest is from evaluation media, where a key alone does not help. */
  public boolean evaluation() {
    return evaluation;
  }

  /** Returns the KMS client key of the same release and edition, which Setup takes, if known. */
  public Optional<KmsClientKey> kmsClientKey() {
    return catalog.kmsClientKeys().stream()
        .filter(kms -> kms.releases().contains(release) && kms.edition() == key.edition())
        .findFirst();
  }

  /** Returns the line that Microsoft gives: {@code slmgr /ipk KEY}. */
  public Command slmgr() {
    return Procedures.slmgr(key);
  }

  /**
   * Returns everything there is to do with the key, in the order of {@link Procedure.Kind}: for a
   * guest from evaluation media the conversion stands in the place of the ways to install.
   */
  public ImmutableList<Procedure> procedures() {
    ImmutableList.Builder<Procedure> procedures = ImmutableList.builder();
    if (evaluation) {
      procedures.add(EvaluationProcedures.convert(key, kmsClientKey()));
    } else {
      procedures.add(
          Procedures.installWithSlmgr(key),
          Procedures.installHeadless(key),
          Procedures.installWithCim(key));
    }
    return procedures
        .add(
            Procedures.lookWithSlmgr(key),
            Procedures.lookWithCim(key),
            Procedures.upgradeInPlace(key, kmsClientKey()),
            Procedures.remove())
        .build();
  }

  /** Returns the procedure of {@code kind}, if there is one for this guest. */
  public Optional<Procedure> procedure(Procedure.Kind kind) {
    return procedures().stream().filter(procedure -> procedure.kind() == kind).findFirst();
  }

  /**
   * Returns a whole answer file that does nothing but install the key: to be written in UTF-8, as
   * its first line says. Lines end in LF.
   */
  public String answerFile(AnswerFileArchitecture architecture) {
    return AnswerFileText.wholeFile(key.key(), architecture);
  }

  /**
   * Returns what {@link #answerFile} holds between the tags of {@code unattend}, for pasting: a
   * {@code settings} element of the {@code specialize} pass. Lines end in LF.
   */
  public String answerFileFragment(AnswerFileArchitecture architecture) {
    return AnswerFileText.fragment(key.key(), architecture);
  }

  /**
   * Puts the key into an answer file. Everything else stays as it is, byte for byte: the result
   * differs in one contiguous place.
   *
   * <p>The key goes into the component {@code Microsoft-Windows-Shell-Setup} of the pass {@code
   * specialize} and of the architecture that {@code options} name, which is where Microsoft
   * documents it; components of other architectures are left alone, because a guest ignores them.
   * What is missing of the way there is added. Two such components, or two keys in one, are {@link
   * AnswerFileEdit.Refused}: nobody documents which of them Setup would take.
   *
   * @param file the whole file; it is not modified
   */
  public AnswerFileEdit insertInto(byte[] file, AnswerFileOptions options) {
    return new AnswerFileEditor(key.key(), catalog, options).edit(file);
  }

  @Override
  public String toString() {
    return key.product() + (evaluation ? " (evaluation), " : ", ") + key.key();
  }
}
