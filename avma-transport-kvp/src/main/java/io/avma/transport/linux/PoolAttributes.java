package io.avma.transport.linux;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.avma.kvp.KvpPool;
import io.avma.platform.ForeignText;
import io.avma.transport.Flaw;
import io.avma.transport.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Whether a pool's file looks as the daemon makes it. That it does not harms no item. */
final class PoolAttributes {
  /** {@code rw-r--r--}, with which the daemon creates its files; documented. */
  static final ImmutableSet<PosixFilePermission> DAEMONS_MODE =
      Sets.immutableEnumSet(PosixFilePermissions.fromString("rw-r--r--"));

  private PoolAttributes() {}

  /** Returns what {@code path} itself is, with owner and mode where the file system has them. */
  static BasicFileAttributes read(Path path) throws IOException {
    return hasModes(path)
        ? Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        : Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** Sets the mode, whatever the process's umask is, where the file system has modes. */
  static void setMode(Path path, Set<PosixFilePermission> mode) throws IOException {
    if (hasModes(path)) {
      // By name: a descriptor of its own would drop the process's locks when it is closed.
      Path unused = Files.setPosixFilePermissions(path, mode);
    }
  }

  private static boolean hasModes(Path path) {
    return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
  }

  /** By number where there is one, because looking up names takes longer than the rest. */
  private static boolean haveOneOwner(Path file, Path directory) throws IOException {
    String owner =
        file.getFileSystem().supportedFileAttributeViews().contains("unix")
            ? "unix:uid"
            : "posix:owner";
    return Files.getAttribute(file, owner, LinkOption.NOFOLLOW_LINKS)
        .equals(Files.getAttribute(directory, owner, LinkOption.NOFOLLOW_LINKS));
  }

  /** Returns {@code other-owner} and {@code other-mode}, where they apply. */
  static ImmutableList<Flaw> flaws(KvpPool pool, Path path, BasicFileAttributes found)
      throws IOException {
    if (!(found instanceof PosixFileAttributes attributes)) {
      return ImmutableList.of();
    }
    ImmutableList.Builder<Flaw> flaws = ImmutableList.builder();
    Position position = Position.in(PoolLayout.label(pool));
    Path directory = path.toAbsolutePath().getParent();
    if (directory != null && !haveOneOwner(path, directory)) {
      String owner = attributes.owner().getName();
      String expected = Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).getName();
      flaws.add(
          new Flaw(
              "other-owner",
              Flaw.Effect.NOTED,
              position,
              "the file belongs to "
                  + ForeignText.escape(owner, 40)
                  + " (expected: "
                  + ForeignText.escape(expected, 40)
                  + ", like its directory). That user can write any item"));
    }
    if (!attributes.permissions().equals(DAEMONS_MODE)) {
      flaws.add(
          new Flaw(
              "other-mode",
              Flaw.Effect.NOTED,
              position,
              "the file's mode is "
                  + PosixFilePermissions.toString(attributes.permissions())
                  + " (expected: rw-r--r--, as the daemon makes it). Other readers may be shut out,"
                  + " or other writers let in"));
    }
    return flaws.build();
  }
}
