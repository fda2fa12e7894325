package mimo.cli;

import java.util.concurrent.CountDownLatch;

/// A process that listens to signals as mimo does: it says when it is asked to stop, and does not.
final class InterruptedProgram {

  private InterruptedProgram() {}

  @SuppressWarnings("SystemOut") // It is a program of its own, and this is how it is heard.
  public static void main(String[] words) throws InterruptedException {
    var interrupts = new Interrupts(Runtime.getRuntime()::halt).listen();
    try (var _ = interrupts.onInterrupt(() -> System.out.println("asked to stop"))) {
      System.out.println("listening");
      new CountDownLatch(1).await();
    }
  }
}
