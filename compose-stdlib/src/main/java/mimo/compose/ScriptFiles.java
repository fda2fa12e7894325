package mimo.compose;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import mimo.engine.RunRequest.ScriptDigest;

/// The files that make up one program: the script, and all it imports.
///
/// @param files the script itself first
public record ScriptFiles(List<ScriptFile> files) {

  /// One file as it was read, before anything is taken out of it.
  ///
  /// @param path relative to the folder the script stands in
  /// @param location where to find it again
  public record ScriptFile(String path, String location, String text) {}

  public ScriptFiles {
    files = List.copyOf(files);
    if (files.isEmpty()) {
      throw new IllegalArgumentException("a program has at least one file");
    }
  }

  /// The script itself.
  public ScriptFile script() {
    return files.getFirst();
  }

  /// The text of the whole program: every name it can use stands in it.
  String text() {
    return files.stream().map(ScriptFile::text).collect(Collectors.joining("\n"));
  }

  /// What a run records, and a resume is held to: each file by itself, so that the one that has
  /// changed can be named.
  public List<ScriptDigest> digests() {
    return files.stream()
        .map(file -> new ScriptDigest(file.location(), hex(sha256().digest(bytes(file.text())))))
        .toList();
  }

  /// The script hash (L16): over the sorted paths and bytes of all files.
  public String hash() {
    var sha256 = sha256();
    files.stream()
        .sorted(Comparator.comparing(ScriptFile::path))
        .forEach(file -> {
          var text = bytes(file.text());
          // Lengths keep two programs apart whose bytes run together alike.
          sha256.update(bytes(file.path().length() + ":" + file.path() + text.length + ":"));
          sha256.update(text);
        });
    return hex(sha256.digest());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
