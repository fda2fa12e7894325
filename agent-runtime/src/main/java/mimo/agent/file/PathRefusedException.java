package mimo.agent.file;

import java.io.IOException;

/// A place turned out to be something else when it was opened: a link, a device, or outside.
public final class PathRefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  PathRefusedException(String message) {
    super(message);
  }
}
