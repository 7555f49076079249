/** The command {@code avma}. Not an API: what it prints with {@code --json} is. */
@NullMarked
package io.avma.cli;

import org.jspecify.annotations.NullMarked;
