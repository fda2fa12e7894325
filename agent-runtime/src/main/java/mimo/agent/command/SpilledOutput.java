package mimo.agent.command;

import mimo.agent.tool.OutputCollector;
import mimo.agent.tool.SpillFiles;

/// The output of one command, of which too much goes to a file that `read` can show (A43).
/// Thread-safe.
public final class SpilledOutput implements OutputSink {

  private final OutputCollector collector;

  public SpilledOutput(SpillFiles files) {
    this.collector = files.collector();
  }

  @Override
  public void accept(byte[] bytes, int length) {
    collector.add(bytes, 0, length);
  }

  @Override
  public String text() {
    return collector.soFar().text();
  }

  @Override
  public void close() {
    collector.finish();
  }
}
