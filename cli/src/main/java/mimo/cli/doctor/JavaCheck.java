package mimo.cli.doctor;

import java.util.List;

/// The Java runtime this process runs on.
///
/// @param feature its number
/// @param version its full version
/// @param home its folder
public record JavaCheck(int feature, String version, String home) implements Check {

  private static final int WANTED = 25;

  /// The runtime of this process.
  public static JavaCheck ofThisProcess() {
    return new JavaCheck(
        Runtime.version().feature(), Runtime.version().toString(), System.getProperty("java.home"));
  }

  @Override
  public String area() {
    return "java";
  }

  @Override
  public List<Finding> look() {
    var what = "JDK " + version + " in " + home;
    return List.of(
        feature == WANTED
            ? Finding.ok(area(), what)
            : Finding.warn(
                area(),
                what + "; mimo is tested with JDK " + WANTED,
                "set MIMO_JAVA_HOME to the folder of a JDK " + WANTED + "."));
  }
}
