package mimo.agent.context;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import mimo.agent.AgentLimits;
import mimo.agent.file.Location;
import mimo.agent.file.PathGuard;
import mimo.agent.permission.Decision;
import mimo.agent.permission.Ruling;

/// Reads files of instructions and what they import, each once and up to a limit for all (A36).
/// Confined to one thread.
final class InstructionReader {

  /// The first that is there counts.
  private static final List<String> NAMES = List.of("AGENTS.md", "CLAUDE.md");

  private final List<Piece> pieces = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private final Set<Path> seen;
  private int left;

  /// A folder with instructions in it.
  ///
  /// @param owner whose it is, if that is not the repository; else empty
  /// @param reading what may be read of it
  record Source(PathGuard guard, String owner, Reading reading) {

    String label(Path file) {
      return owner.isEmpty() ? file.toString() : owner + " " + file;
    }
  }

  /// Decides over files by their absolute paths.
  @FunctionalInterface
  interface Reading {

    /// What becomes of a file.
    ///
    /// @param asked as it was named
    /// @param real the same, free of links
    Ruling rule(Path asked, Path real);
  }

  /// The text of one file.
  record Piece(String from, String text) {}

  InstructionReader() {
    this(Set.of(), AgentLimits.INSTRUCTION_BYTES);
  }

  private InstructionReader(Set<Path> seen, int left) {
    this.seen = new HashSet<>(seen);
    this.left = left;
  }

  /// A reader that has read nothing itself and repeats nothing of this one.
  InstructionReader copy() {
    return new InstructionReader(seen, left);
  }

  List<Piece> pieces() {
    return List.copyOf(pieces);
  }

  List<String> notices() {
    return List.copyOf(notices);
  }

  /// Reads what a folder tells, if it tells anything.
  void folder(Source source, Path folder) {
    for (var name : NAMES) {
      var file = folder.resolve(name);
      switch (source.guard().locate(file.toString())) {
        case Location.Missing _ -> {}
        case Location.Refused(var message) -> notices.add(left(source, file, message));
        case Location.Inside inside when inside.kind() == Location.Kind.FILE -> {
          file(source, inside, 0);
          return;
        }
        case Location.Inside _ -> {}
      }
    }
  }

  private static String left(Source source, Path file, String why) {
    return "%s is left out of the instructions: %s.".formatted(source.label(file), why);
  }

  /// The place of a file that is really there.
  static Optional<Path> found(PathGuard guard, Path file) {
    return guard.locate(file.toString()) instanceof Location.Inside inside
        ? Optional.of(inside.real())
        : Optional.empty();
  }

  private void file(Source source, Location.Inside file, int depth) {
    var root = source.guard().root();
    var real = root.resolve(file.real());
    if (!seen.add(real)) {
      return;
    }
    var asked = Path.of(file.asked());
    var ruling = source.reading().rule(root.resolve(asked), real);
    if (ruling.decision() != Decision.ALLOW) {
      notices.add(left(source, asked, ruling.reason()));
      return;
    }
    if (left == 0) {
      notices.add(left(source, asked, "those before it fill " + limit()));
      return;
    }
    String text;
    try {
      text = read(source, file);
    } catch (IOException broken) {
      notices.add(left(source, asked, "it cannot be read"));
      return;
    }
    if (text.indexOf('\0') >= 0) {
      notices.add(left(source, asked, "it is no text"));
      return;
    }
    if (!text.isBlank()) {
      pieces.add(new Piece(source.label(asked), text.strip()));
    }
    for (var path : Imports.in(text)) {
      imported(source, asked, path, depth + 1);
    }
  }

  private String read(Source source, Location.Inside file) throws IOException {
    try (var channel = source.guard().open(file);
        var stream = Channels.newInputStream(channel)) {
      var bytes = stream.readNBytes(left + 1);
      var text = new String(bytes, StandardCharsets.UTF_8);
      if (bytes.length <= left) {
        left -= bytes.length;
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
      }
      int end = left;
      while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
        end--;
      }
      left = 0;
      var shown = source.label(Path.of(file.asked()));
      notices.add(shown + " is cut: all instructions together take at most " + limit() + ".");
      return new String(bytes, 0, end, StandardCharsets.UTF_8)
          + "\n(cut here: all instructions together take at most "
          + limit()
          + ")";
    }
  }

  private static String limit() {
    return AgentLimits.INSTRUCTION_BYTES / 1024 + " KB";
  }

  /// What stands behind an `@` may be anything; only what is there, and inside, is an import.
  private void imported(Source source, Path from, String path, int depth) {
    Path target;
    try {
      target = from.resolveSibling(path).normalize();
    } catch (InvalidPathException noPath) {
      return;
    }
    if (path.startsWith("/") || path.startsWith("~") || target.startsWith("..")) {
      notices.add(left(source, Path.of("@" + path), "it leads out of the workspace"));
      return;
    }
    switch (source.guard().locate(target.toString())) {
      case Location.Inside file when file.kind() == Location.Kind.FILE -> {
        boolean told = seen.contains(source.guard().root().resolve(file.real()));
        if (depth > AgentLimits.INSTRUCTION_IMPORT_DEPTH && !told) {
          notices.add(
              left(
                  source,
                  target,
                  "files import no more than %d deep"
                      .formatted(AgentLimits.INSTRUCTION_IMPORT_DEPTH)));
        } else {
          file(source, file, depth);
        }
      }
      case Location.Refused(var message) -> notices.add(left(source, target, message));
      case Location.Inside _, Location.Missing _ -> {}
    }
  }

  /// The texts as a model gets to read them, each between marks that it cannot close itself.
  static String shown(List<Piece> pieces) {
    return pieces.stream()
        .map(piece ->
            "\n<instructions from=\"%s\">\n%s\n</instructions>\n"
                .formatted(
                    piece.from().replace("\"", "'"),
                    piece.text().replaceAll("(?i)<(/?)(instructions)", "&lt;$1$2")))
        .collect(Collectors.joining());
  }
}
