/// The conversation somebody has with an agent at this terminal, line by line.
///
/// [ChatLoop] is the one thread that reads keys and paints; a turn of the conversation works on
/// another, and what it does comes over an [Inbox]. What has been printed is never painted again,
/// so that a terminal's own scrolling, searching and copying work.
@NullMarked
package mimo.cli.chat;

import org.jspecify.annotations.NullMarked;
