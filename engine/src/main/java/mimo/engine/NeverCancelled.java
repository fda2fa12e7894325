package mimo.engine;

enum NeverCancelled implements CancellationToken {
  INSTANCE;

  private static final Registration NOTHING_TO_UNDO = () -> {};

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public Registration onCancel(Runnable action) {
    return NOTHING_TO_UNDO;
  }
}
