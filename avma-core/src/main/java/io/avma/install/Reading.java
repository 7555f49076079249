package io.avma.install;

/** What became of reading something: a value, or the flaw that stopped it. */
sealed interface Reading<T> {
  /** It was read. */
  record Sound<T>(T value) implements Reading<T> {}

  /** It could not be read. */
  record Flawed<T>(Flaw flaw) implements Reading<T> {}
}
