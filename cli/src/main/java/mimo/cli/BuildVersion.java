package mimo.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Which mimo this is, as the build wrote it down.
record BuildVersion(String version, String commit) {

  static BuildVersion current() {
    var properties = new Properties();
    try (var in = BuildVersion.class.getResourceAsStream("build.properties")) {
      if (in == null) {
        return new BuildVersion("unbuilt", "unknown");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read build.properties in mimo's own jar", e);
    }
    var suffix = properties.getProperty("dirty").equals("true") ? "-dirty" : "";
    return new BuildVersion(
        properties.getProperty("version"), properties.getProperty("commit") + suffix);
  }

  /// What a cache calls it whose entries are of one version.
  String cacheName() {
    return version + " " + commit;
  }

  /// The line `mimo --version` prints.
  String line(String jdk) {
    return "mimo " + version + " (" + commit + ", JDK " + jdk + ")";
  }
}
