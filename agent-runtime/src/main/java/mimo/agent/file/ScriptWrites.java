package mimo.agent.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/// Takes what scripts write (L56). Thread-safe.
public interface ScriptWrites {

  /// Why nothing was written.
  ///
  /// @param code the name of the error
  record Fault(String code, String message) {}

  /// Gives the file at `path` these bytes.
  ///
  /// @return nothing if it has them now
  Optional<Fault> write(String path, byte[] bytes) throws IOException, InterruptedException;

  /// Writes for good.
  ///
  /// @param permits says of an absolute path whether it may be written to; it is asked about the
  ///   path as it is named and about what it leads to
  static ScriptWrites real(PathGuard guard, FileReplacement files, Predicate<Path> permits) {
    return (path, bytes) ->
        switch (files.hold(path)) {
          case Holding.Refused(var code, var message) -> Optional.of(new Fault(code, message));
          case Holding.Held(var file) -> {
            try (file) {
              if (!permits.test(guard.root().resolve(path).normalize())
                  || !permits.test(file.path())) {
                yield Optional.of(
                    new Fault("permission_denied", "'" + path + "' may not be written to"));
              }
              file.replace(bytes);
              yield Optional.empty();
            }
          }
        };
  }

  /// Tells what would be refused, and writes nothing.
  static ScriptWrites rehearsed(PathGuard guard) {
    return (path, _) ->
        switch (guard.locate(path)) {
          case Location.Refused(var message) ->
              Optional.of(new Fault(Location.Refused.CODE, message));
          case Location.Inside inside when inside.kind() == Location.Kind.FOLDER ->
              Optional.of(new Fault("bad_argument", "'" + path + "' is a folder"));
          case Location.Inside _, Location.Missing _ -> Optional.empty();
        };
  }
}
