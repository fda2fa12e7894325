package mimo.sandbox.graal;

import java.util.List;
import mimo.sandbox.GuestEvent.Position;
import mimo.sandbox.compile.CompiledScript;
import org.jspecify.annotations.Nullable;

/// The files of the running program, by the names under which the engine knows them. What people
/// call a file could be anything; those names cannot.
///
/// @param files the script itself first, then what it imports; empty while nothing runs
record GuestFiles(List<CompiledScript> files) {

  static final GuestFiles NONE = new GuestFiles(List.of());

  /// The name of the script itself; others have a number behind it.
  static final String SCRIPT = "wf-script";

  private static final int MOST_DIGITS = 9;

  GuestFiles {
    files = List.copyOf(files);
  }

  /// The engine's name of the file with this number.
  static String engineName(int number) {
    return number == 0 ? SCRIPT : SCRIPT + "-" + number;
  }

  /// The file the engine knows by this name; null if it is none of the program's.
  @Nullable CompiledScript file(@Nullable String engineName) {
    if (engineName == null || !engineName.startsWith(SCRIPT)) {
      return null;
    }
    var rest = engineName.substring(SCRIPT.length());
    if (!rest.isEmpty() && !rest.matches("-[0-9]{1," + MOST_DIGITS + "}")) {
      return null;
    }
    int number = rest.isEmpty() ? 0 : Integer.parseInt(rest.substring(1));
    return number < files.size() ? files.get(number) : null;
  }

  /// The author's position for one of the engine's; null if it is in none of the program's files.
  @Nullable Position written(@Nullable String engineName, int line, int column) {
    var file = file(engineName);
    return file == null ? null : file.written(line, column);
  }
}
