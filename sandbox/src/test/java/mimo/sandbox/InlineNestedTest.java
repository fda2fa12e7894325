package mimo.sandbox;

class InlineNestedTest extends NestedContract {

  @Override
  Sandbox open() {
    return new InlineSandbox(SandboxLimits.defaults());
  }
}
