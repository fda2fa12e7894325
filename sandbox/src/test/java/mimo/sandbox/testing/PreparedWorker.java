package mimo.sandbox.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import mimo.sandbox.SandboxProcess;
import mimo.sandbox.WorkerSettings;
import mimo.sandbox.WorkerSettings.Wrapping;

/// What workers of tests start from: jars, since an AOT cache wants no folders of classes, and the
/// cache. Made when first asked for, and anew when a class has changed.
record PreparedWorker(List<Path> classPath, Path cache) {

  private static final String SCRIPT =
      """
      phase('one');
      log('two', {three: 3});
      const all = await parallel([() => agent('a'), () => agent('b')]).catch((e) => e.message);
      try { null.x; } catch (error) { log(error.stack); }
      return [all, new Date().toISOString(), Math.random() < 1];
      """;

  private static final PreparedWorker HERE = prepare(Path.of("target", "prepared-worker"));

  static PreparedWorker here() {
    return HERE;
  }

  private static PreparedWorker prepare(Path folder) {
    try {
      Files.createDirectories(folder);
      var classPath = jars(folder.toAbsolutePath());
      var cache = folder.toAbsolutePath().resolve("worker-" + digest(classPath) + ".aot");
      if (!Files.exists(cache)) {
        record(classPath, cache);
      }
      return new PreparedWorker(classPath, cache);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while recording a cache", stopped);
    }
  }

  private static List<Path> jars(Path folder) throws IOException {
    var jars = new ArrayList<Path>();
    for (var entry : Workers.classPath()) {
      jars.add(Files.isDirectory(entry) ? jar(entry, folder) : entry);
    }
    return List.copyOf(jars);
  }

  private static Path jar(Path classes, Path folder) throws IOException {
    var jar = folder.resolve("classes-" + digest(files(classes)) + ".jar");
    if (!Files.exists(jar)) {
      var fresh = Files.createTempFile(folder, "classes", ".new");
      try (OutputStream out = Files.newOutputStream(fresh);
          var zip = new ZipOutputStream(out)) {
        for (var file : files(classes)) {
          zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
          Files.copy(file, zip);
        }
      }
      Files.move(fresh, jar);
    }
    return jar;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /// Of names, sizes and times: what a JVM compares too.
  private static String digest(List<Path> files) throws IOException {
    var digest = new CRC32C();
    digest.update(Workers.java().toString().getBytes(StandardCharsets.UTF_8));
    for (var file : files) {
      var line = file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file) + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().toHexDigits(digest.getValue());
  }

  private static void record(List<Path> classPath, Path cache)
      throws IOException, InterruptedException {
    var scratch = Files.createTempDirectory(cache.getParent(), "recording");
    var settings =
        WorkerSettings.of(Workers.java(), classPath, null, scratch).withWrapping(Wrapping.NEVER);
    try (var sandbox = SandboxProcess.spawn(settings.recording(cache))) {
      new ScriptDriver(sandbox).run(SCRIPT);
    }
    Files.delete(scratch);
  }
}
