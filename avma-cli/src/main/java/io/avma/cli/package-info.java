/**
 * The command {@code avma}: which key, which host, and what is wrong with a fleet, for people and
 * scripts.
 *
 * <p>Start at {@link io.avma.cli.Avma}. Not an API: what it prints with {@code --json} and its exit
 * codes are. One class per command reads the arguments and prints the answer; what an answer is
 * stands in {@code io.avma.cli.fleet} and in the library. For one thread.
 */
@NullMarked
package io.avma.cli;

import org.jspecify.annotations.NullMarked;
