/**
 * How a file is read that nobody trusts: decoded strictly, bounded in line, cell and row, every
 * complaint with file, line and column.
 *
 * <p>Start at {@link io.avma.cli.input.CsvFile}. Nothing here knows what the cells mean. For one
 * thread.
 */
@NullMarked
package io.avma.cli.input;

import org.jspecify.annotations.NullMarked;
