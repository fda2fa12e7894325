package mimo.sandbox;

final class InlineImportTest extends ImportContract {

  @Override
  Sandbox open(SandboxLimits limits) {
    return new InlineSandbox(limits);
  }
}
