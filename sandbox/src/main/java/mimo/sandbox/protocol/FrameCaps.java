package mimo.sandbox.protocol;

/// How much may go through a pipe in one direction.
///
/// @param frameBytes the longest frame
/// @param totalBytes the sum of all frames
/// @param depth the deepest nesting of a value inside a frame
public record FrameCaps(int frameBytes, long totalBytes, int depth) {

  /// Adds a frame to the sum of those before it.
  long admit(int length, long before) {
    if (length > frameBytes) {
      throw FrameException.tooLarge(
          "a frame of " + length + " bytes; at most " + frameBytes + " are allowed");
    }
    long total = before + length + Integer.BYTES;
    if (total > totalBytes) {
      throw FrameException.tooLarge(
          "more than " + totalBytes + " bytes in one direction of this run");
    }
    return total;
  }
}
