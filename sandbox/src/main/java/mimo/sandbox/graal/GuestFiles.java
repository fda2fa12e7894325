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

  /// More than a file has lines, or a line columns: three of them fit the whole numbers of a
  /// double.
  private static final int UNIT = 1 << 20;

  GuestFiles {
    files = List.copyOf(files);
  }

  /// The engine's name of the imported file with this number, counted from 1.
  static String engineName(int number) {
    return SCRIPT + "-" + number;
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

  /// A place in the program as a number, which alone the kernel may keep; 0 if it is unknown.
  double packed(Position at) {
    int number = 0;
    while (number < files.size() && !isIn(files.get(number), number, at)) {
      number++;
    }
    boolean fits = at.line() > 0 && at.line() < UNIT && at.column() < UNIT && number < files.size();
    return fits ? ((double) number * UNIT + at.line()) * UNIT + at.column() : 0;
  }

  private static boolean isIn(CompiledScript file, int number, Position at) {
    return number == 0 ? at.file().isEmpty() : file.name().equals(at.file());
  }

  Position unpacked(double packed) {
    long whole = (long) packed;
    int line = (int) (whole / UNIT % UNIT);
    var at = new Position(line, (int) (whole % UNIT));
    int number = (int) (whole / UNIT / UNIT);
    return number > 0 && number < files.size() ? at.in(files.get(number).name()) : at;
  }
}
