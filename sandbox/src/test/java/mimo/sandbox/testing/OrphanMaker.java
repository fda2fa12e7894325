package mimo.sandbox.testing;

import java.nio.file.Path;
import mimo.sandbox.GuestEvent;
import mimo.sandbox.SandboxProcess;

/// The main class of a parent that is going to be killed: its worker computes for ever.
public final class OrphanMaker {

  private OrphanMaker() {}

  /// Starts a worker, plain or wrapped, and says so.
  public static void main(String[] arguments) throws InterruptedException {
    var scratch = Path.of(arguments[1]);
    var settings =
        arguments[0].equals("wrapped") ? Workers.wrapped(scratch) : Workers.plain(scratch);
    try (var sandbox = SandboxProcess.spawn(settings)) {
      sandbox.compile(ScriptDriver.script("log('up'); for (;;);"));
      var guest = sandbox.start(new ScriptDriver(sandbox).launch());
      System.out.println("running");
      if (guest.next() instanceof GuestEvent.Finished) {
        throw new AssertionError("the guest should not end");
      }
    }
  }
}
