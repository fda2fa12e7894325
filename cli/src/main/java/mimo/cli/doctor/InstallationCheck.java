package mimo.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The program as it was built, and what makes its start quick.
///
/// @param dist the folder of the build
/// @param flags the flags this process was started with
public record InstallationCheck(Path dist, List<String> flags) implements Check {

  private static final String CACHE_FLAG = "-XX:AOTCache=";
  private static final List<String> FOLDERS = List.of("lib", "script-engine");

  @Override
  public String area() {
    return "program";
  }

  @Override
  public List<Finding> look() throws IOException {
    var findings = new ArrayList<Finding>();
    var newest = FileTime.fromMillis(0);
    for (var name : FOLDERS) {
      var jars = jars(dist.resolve(name));
      if (jars.isEmpty()) {
        findings.add(
            Finding.fail(area(), dist.resolve(name) + " holds no jars", "build mimo anew."));
      }
      for (var jar : jars) {
        newest = later(newest, Files.getLastModifiedTime(jar));
      }
    }
    if (findings.isEmpty()) {
      findings.add(Finding.ok(area(), "built in " + dist));
    }
    findings.add(cache(newest));
    return findings;
  }

  private Finding cache(FileTime newestJar) throws IOException {
    var named =
        flags.stream()
            .filter(flag -> flag.startsWith(CACHE_FLAG))
            .map(flag -> Path.of(flag.substring(CACHE_FLAG.length())))
            .findFirst();
    var remedy = "mimo install builds it; without it mimo only starts more slowly.";
    if (named.isEmpty()) {
      return Finding.warn(area(), "started without an AOT cache", remedy);
    }
    var age = modified(named.get());
    if (age.isEmpty()) {
      return Finding.warn(area(), "the AOT cache " + named.get() + " is missing", remedy);
    }
    return age.get().compareTo(newestJar) < 0
        ? Finding.warn(area(), "the AOT cache " + named.get() + " is older than the jars", remedy)
        : Finding.ok(area(), "AOT cache " + named.get());
  }

  private static Optional<FileTime> modified(Path file) throws IOException {
    try {
      return Optional.of(Files.getLastModifiedTime(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static List<Path> jars(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }

  private static FileTime later(FileTime one, FileTime other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}
