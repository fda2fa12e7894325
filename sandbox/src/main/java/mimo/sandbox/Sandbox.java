package mimo.sandbox;

/// A place for one script, used once: compile, start, close.
///
/// [SandboxProcess] is the real one: a child process with its own heap, killed when it hits a
/// limit. [InlineSandbox] runs the same interpreter and the same hardening in this process, for
/// tests and embedding; it confines names, but neither time nor memory.
public interface Sandbox extends AutoCloseable {

  /// Compiles a script and all it imports, without running anything. To be called once, before
  /// [#start].
  ///
  /// @param texts what files in TypeScript were found to be without their types before
  /// @throws SandboxException if the worker died or broke the protocol
  Compilation compile(ScriptSource source, ImportedFiles files, ErasedTexts texts)
      throws InterruptedException;

  /// Compiles a script and all it imports, and remembers nothing of it.
  default Compilation compile(ScriptSource source, ImportedFiles files)
      throws InterruptedException {
    return compile(source, files, ErasedTexts.NONE);
  }

  /// Compiles a script that may import nothing.
  default Compilation compile(ScriptSource source) throws InterruptedException {
    return compile(source, ImportedFiles.NONE);
  }

  /// Starts the script that was compiled.
  ///
  /// @throws IllegalStateException if no script was compiled, or one was started already
  Guest start(GuestLaunch launch);

  /// A place for one more script beside this one, in the same worker: a realm of its own, which
  /// shares nothing with the others but the limits. There is one after [#start], as long as the
  /// sandbox is open.
  ///
  /// It is confined to the same thread as this one, [#close] too: that gives up its realm alone.
  ///
  /// @throws IllegalStateException if nothing was started yet
  Sandbox nested();

  /// How the guest is confined, for the run record: `process+os`, `process-only` or `inline`.
  String confinement();

  /// Ends the guest, whatever it does: when this returns, its process and all its children are
  /// gone. May be called from any thread, more than once.
  @Override
  void close();
}
