package mimo.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Where the process begins.
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    var out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    // Answered before any library loads: this path is timed.
    if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
      out.println(BuildVersion.current().line(System.getProperty("java.version")));
      out.flush();
      return;
    }
  }
}
