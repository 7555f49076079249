/**
 * What to do with an AVMA key: command lines, evaluation media, answer files.
 *
 * <p>Start at {@link io.avma.install.KeyInstallation}. It writes down what to type in the guest as
 * {@link io.avma.install.Procedure}s, writes answer files, and puts the key into an existing answer
 * file without touching anything else of it. All types are immutable and safe for any thread.
 *
 * <p>Nothing here runs a command, opens a file or asks Windows: texts and bytes go in, texts and
 * bytes come out. An answer file is treated as hostile: no DOCTYPE, no entities, bounded size and
 * depth; what cannot be edited safely is {@link io.avma.install.AnswerFileEdit.Refused}, with the
 * place, and nothing has been changed.
 */
@NullMarked
package io.avma.install;

import org.jspecify.annotations.NullMarked;
