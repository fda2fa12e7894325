package mimo.agent.memory;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/// Puts a file in the place of another and keeps that one, in one step where the system can
/// (`renameat2` of Linux), so that nothing is lost which came there a moment before (M6).
/// Thread-safe.
final class Exchange {

  private static final int HERE = -100;
  private static final int SWAP = 2;

  private final @Nullable MethodHandle rename;

  private Exchange(@Nullable MethodHandle rename) {
    this.rename = rename;
  }

  /// As well as this system can.
  @SuppressWarnings("restricted") // The one call into the C library; its signature is POSIX-fixed.
  static Exchange ofThisSystem() {
    var linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("renameat2")
        .map(function ->
            new Exchange(
                linker.downcallHandle(
                    function,
                    FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_INT))))
        .orElseGet(Exchange::byLinks);
  }

  /// For systems that cannot swap names.
  static Exchange byLinks() {
    return new Exchange(null);
  }

  /// Afterwards `place` holds what `fresh` held, and `fresh` what `place` held. Both must exist.
  void swap(Path fresh, Path place) throws IOException {
    if (rename == null || !swapped(rename, fresh, place)) {
      var kept = fresh.resolveSibling(fresh.getFileName() + ".kept");
      Files.deleteIfExists(kept);
      Files.createLink(kept, place);
      Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
      Files.move(kept, fresh, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static boolean swapped(MethodHandle rename, Path fresh, Path place) {
    try (var arena = Arena.ofConfined()) {
      int failed =
          (int)
              rename.invokeExact(
                  HERE,
                  arena.allocateFrom(fresh.toString()),
                  HERE,
                  arena.allocateFrom(place.toString()),
                  SWAP);
      return failed == 0;
    } catch (Throwable impossible) {
      throw new IllegalStateException("renameat2 cannot be called", impossible);
    }
  }
}
