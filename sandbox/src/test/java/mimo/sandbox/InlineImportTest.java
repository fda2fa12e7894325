package mimo.sandbox;

final class InlineImportTest extends ImportContract {

  @Override
  Sandbox open() {
    return new InlineSandbox(SandboxLimits.defaults());
  }
}
