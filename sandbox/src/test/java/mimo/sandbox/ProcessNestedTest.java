package mimo.sandbox;

import java.nio.file.Path;
import mimo.sandbox.testing.Workers;
import org.junit.jupiter.api.io.TempDir;

final class ProcessNestedTest extends NestedContract {

  @TempDir Path scratch;

  @Override
  Sandbox open() {
    return SandboxProcess.spawn(Workers.plain(scratch));
  }
}
