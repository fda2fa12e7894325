package mimo.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class InlineSandboxTest extends SandboxContract {

  @Override
  Sandbox open(SandboxLimits limits) {
    return new InlineSandbox(limits);
  }

  @Test
  void saysThatItIsInline() { // S9
    try (var sandbox = new InlineSandbox(SandboxLimits.defaults())) {
      assertEquals("inline", sandbox.confinement());
    }
  }
}
