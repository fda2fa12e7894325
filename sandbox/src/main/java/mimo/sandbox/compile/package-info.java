/// Turns the text of a script into `meta`, positions and the text that runs.
///
/// [MetaReader] reads the one literal that may be read without an engine, so the parent process may
/// use it too. [ScriptCompiler] needs the engine's own parser and runs in the worker only: it
/// parses the whole program before any wrapping, refuses what is not allowed, and rewrites each
/// `await` so that the logical frame survives it ([FrameRewriter]), while [SourceMap] leads every
/// position back to the author's text.
@NullMarked
package mimo.sandbox.compile;

import org.jspecify.annotations.NullMarked;
