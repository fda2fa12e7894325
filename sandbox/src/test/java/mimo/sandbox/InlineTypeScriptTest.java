package mimo.sandbox;

final class InlineTypeScriptTest extends TypeScriptContract {

  @Override
  Sandbox open() {
    return new InlineSandbox(SandboxLimits.defaults());
  }
}
