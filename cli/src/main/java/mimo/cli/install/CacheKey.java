package mimo.cli.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// What AOT caches depend on, in one name: the JVM's build, its flags, and every jar with its place
/// and time, both of which the JVM compares too.
///
/// @param installation the folder the build made
/// @param flags what every start passes to the JVM
record CacheKey(Path installation, List<String> flags) {

  private static final int HEX_DIGITS = 16;

  String compute() throws IOException {
    var digest = sha256();
    add(digest, System.getProperty("java.vm.vendor"));
    add(digest, System.getProperty("java.vm.version"));
    add(digest, System.getProperty("java.home"));
    flags.forEach(flag -> add(digest, flag));
    add(digest, System.getProperty("java.class.path"));
    for (var jar : jars()) {
      add(digest, jar.toString());
      add(digest, Files.getLastModifiedTime(jar).toString());
      digest.update(Files.readAllBytes(jar));
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, HEX_DIGITS);
  }

  private List<Path> jars() throws IOException {
    try (Stream<Path> files = Files.walk(installation)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private static void add(MessageDigest digest, String word) {
    digest.update((word + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
