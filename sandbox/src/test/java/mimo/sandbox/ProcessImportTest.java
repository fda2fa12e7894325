package mimo.sandbox;

import java.nio.file.Path;
import mimo.sandbox.testing.Workers;
import org.junit.jupiter.api.io.TempDir;

final class ProcessImportTest extends ImportContract {

  @TempDir Path scratch;

  @Override
  Sandbox open(SandboxLimits limits) {
    return SandboxProcess.spawn(Workers.plain(scratch).withLimits(limits));
  }
}
