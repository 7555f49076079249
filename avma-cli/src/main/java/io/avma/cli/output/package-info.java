/**
 * How an answer looks: aligned tables and wrapped sentences for people, JSON Lines for machines.
 *
 * <p>Start at {@link io.avma.cli.output.Console}. Everything that came from a file goes through
 * {@link io.avma.platform.ForeignText} before it is handed to these types; error messages are
 * masked here as a last resort, so that no product key leaves in one. For one thread.
 */
@NullMarked
package io.avma.cli.output;

import org.jspecify.annotations.NullMarked;
