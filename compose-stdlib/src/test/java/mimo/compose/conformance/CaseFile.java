package mimo.compose.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import mimo.compose.testing.Trial;
import mimo.sandbox.ImportedFiles;
import mimo.sandbox.ScriptSource;

/// A script of the suite. Comments of its own say which case it belongs to, what it claims, in
/// which world it runs, and what must come of it; the folder it lies in is what it may import from.
///
/// @param id the case's number, such as `C34`
/// @param claim one sentence, which begins with the rules it tests
record CaseFile(String id, String claim, Path file, String text, List<Trial> trials) {

  private static final Pattern TITLE = Pattern.compile("^// (C\\d\\d) (.+)$");
  private static final Pattern LINE = Pattern.compile("^// ([a-z]+:.*)$");
  private static final String TRIAL = "trial:";

  CaseFile {
    trials = List.copyOf(trials);
  }

  /// Every script of the suite, in the order of its name. A file without a case's number in a
  /// comment is a library.
  static List<CaseFile> all(Path folder) {
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(js|mjs|ts)"))
          .sorted()
          .map(CaseFile::read)
          .filter(script -> !script.id().isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
  }

  private static CaseFile read(Path file) {
    try {
      var text = Files.readString(file);
      var id = "";
      var claim = "";
      var lines = new ArrayList<String>();
      for (var line : text.lines().toList()) {
        var title = TITLE.matcher(line);
        var said = LINE.matcher(line);
        if (title.matches() && id.isEmpty()) {
          id = title.group(1);
          claim = title.group(2);
        } else if (said.matches()) {
          lines.add(said.group(1));
        }
      }
      return new CaseFile(id, claim, file, text, id.isEmpty() ? List.of() : trials(lines));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static List<Trial> trials(List<String> lines) {
    int first = lines.size();
    for (int i = lines.size() - 1; i >= 0; i--) {
      first = lines.get(i).startsWith(TRIAL) ? i : first;
    }
    var shared = lines.subList(0, first);
    if (first == lines.size()) {
      return List.of(Trial.of("", shared));
    }
    var trials = new ArrayList<Trial>();
    for (int start = first; start < lines.size(); ) {
      int end = start + 1;
      while (end < lines.size() && !lines.get(end).startsWith(TRIAL)) {
        end++;
      }
      var own = new ArrayList<>(shared);
      own.addAll(lines.subList(start + 1, end));
      trials.add(Trial.of(lines.get(start).substring(TRIAL.length()).strip(), own));
      start = end;
    }
    return trials;
  }

  /// The script as a sandbox gets it.
  ScriptSource source() {
    return new ScriptSource(name(), text);
  }

  /// The scripts of the folder `shelf` beside it, by name: what `workflow` finds.
  Map<String, String> shelf() {
    var folder = file.resolveSibling("shelf");
    if (!Files.isDirectory(folder)) {
      return Map.of();
    }
    try (var files = Files.list(folder)) {
      var scripts = new TreeMap<String, String>();
      for (var each : files.toList()) {
        var name = String.valueOf(each.getFileName()).replaceFirst("\\.js$", "");
        scripts.put(name, Files.readString(each));
      }
      return scripts;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
  }

  String name() {
    return String.valueOf(file.getFileName());
  }

  /// The files beside it.
  ImportedFiles imports() {
    var folder = file.resolveSibling("").toAbsolutePath().normalize();
    return (importer, specifier) -> {
      var path = folder.resolve(importer.name()).resolveSibling(specifier).normalize();
      if (!path.startsWith(folder)) {
        return new ImportedFiles.Found.Refused("path_escape", specifier + " leads out");
      }
      try {
        var name = folder.relativize(path).toString();
        return new ImportedFiles.Found.File(new ScriptSource(name, Files.readString(path)));
      } catch (IOException missing) {
        return new ImportedFiles.Found.Refused("script_missing", "there is no file " + specifier);
      }
    };
  }
}
