package mimo.engine;

/// Who is there when a run has to wait (D52, A83).
public enum Attendance {
  /// Somebody watches and can be asked: the run waits in its process.
  WATCHED,
  /// Nobody watches, but the process is to stay and wait.
  WAITING,
  /// Nobody watches: the run parks, and its process ends.
  UNATTENDED
}
