package mimo.sandbox.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import mimo.sandbox.WorkerSettings;
import mimo.sandbox.WorkerSettings.Wrapping;

/// The settings with which tests start real workers, from the class path of the tests themselves
/// and with an AOT cache, as the program does: there are hundreds of them.
public final class Workers {

  public static final Path BUBBLEWRAP = Path.of("/usr/bin/bwrap");

  private Workers() {}

  public static WorkerSettings plain(Path scratch) {
    var prepared = PreparedWorker.here();
    return WorkerSettings.of(java(), prepared.classPath(), null, scratch)
        .withWrapping(Wrapping.NEVER)
        .withCache(prepared.cache());
  }

  public static WorkerSettings wrapped(Path scratch) {
    var prepared = PreparedWorker.here();
    return WorkerSettings.of(java(), prepared.classPath(), BUBBLEWRAP, scratch)
        .withWrapping(Wrapping.REQUIRED)
        .withCache(prepared.cache());
  }

  public static boolean canWrap() {
    return Files.isExecutable(BUBBLEWRAP);
  }

  public static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  public static List<Path> classPath() {
    String own = System.getProperty("java.class.path");
    String path = System.getProperty("surefire.test.class.path", own);
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(entry -> !entry.contains("junit") && !entry.endsWith("test-classes"))
        .map(Path::of)
        .toList();
  }
}
