package mimo.sandbox.protocol;

import java.util.List;
import mimo.sandbox.Compilation;
import mimo.sandbox.Guest.Settlement;
import mimo.sandbox.GuestEvent;
import mimo.sandbox.GuestEvent.Position;
import mimo.sandbox.GuestLaunch;
import mimo.sandbox.ScriptSource;
import org.jspecify.annotations.Nullable;

/// One message between a parent and its worker.
public sealed interface Frame {

  /// The version in every envelope.
  int VERSION = 1;

  /// What a parent tells its worker. Deliveries are numbered from 1 in the order of sending.
  sealed interface ToWorker extends Frame {}

  /// What a worker tells its parent.
  sealed interface FromWorker extends Frame {}

  /// The number of the guest that every worker has; further ones are opened by their first frame.
  int FIRST_GUEST = 0;

  record Compile(int guest, ScriptSource source) implements ToWorker {}

  /// Compiles one file that the script imports.
  record Module(int guest, ScriptSource source) implements ToWorker {}

  /// Says which files the imports of one file mean. The files come in the order in which they run;
  /// the script itself comes last and is answered by [Judged].
  ///
  /// @param file empty for the script itself
  /// @param targets the name of a compiled file for each import
  record Link(int guest, String file, List<String> targets) implements ToWorker {
    public Link {
      targets = List.copyOf(targets);
    }
  }

  /// Takes the types out of a file in TypeScript; what is left is compiled by frames of its own.
  record Erase(ScriptSource source) implements ToWorker {}

  /// One file of the library. It stays for all guests that want it.
  record Library(ScriptSource source) implements ToWorker {}

  /// Starts the compiled script.
  ///
  /// @param library the names of the files to run before it, in order; they went ahead
  /// @param launch its own library is empty
  record Start(int guest, List<String> library, GuestLaunch launch) implements ToWorker {
    public Start {
      library = List.copyOf(library);
    }
  }

  record Settle(int guest, int call, Settlement settlement) implements ToWorker {}

  /// The guest and its realm are not needed any more. An [Idle] follows.
  record Leave(int guest) implements ToWorker {}

  /// The worker is up, the engine is warm.
  record Ready() implements FromWorker {}

  /// The answer to [Compile], [Module] and the last [Link]; an [Idle] follows.
  record Judged(Compilation compilation) implements FromWorker {}

  /// The answer to [Erase], or [Judged] with what is wrong; an [Idle] follows.
  record Erased(String text) implements FromWorker {}

  /// Something the guest did, but for being idle.
  record Told(int guest, GuestEvent event) implements FromWorker {}

  /// Nothing runs any more.
  ///
  /// @param lastFrame the number of the last frame that had arrived
  record Idle(long lastFrame, @Nullable Position waiting) implements FromWorker {}
}
