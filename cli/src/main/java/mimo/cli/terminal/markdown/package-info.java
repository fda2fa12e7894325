/// Markdown as lines of a terminal, while it is still being written.
///
/// [MarkdownStream] cuts what arrives into blocks that no later text can change; [BlockView] turns
/// each into lines that fit the window. Nothing that a document names is ever fetched, and every
/// link shows where it really leads.
@NullMarked
package mimo.cli.terminal.markdown;

import org.jspecify.annotations.NullMarked;
