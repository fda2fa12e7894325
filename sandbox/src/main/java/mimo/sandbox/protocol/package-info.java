/// The frames that cross the pipe between a parent and its worker.
///
/// A frame is four bytes of length and a JSON object in UTF-8 with the version of this protocol.
/// [FrameReader] and [FrameWriter] keep the caps on one frame and on all frames of a direction. The
/// other side is never trusted to be well-formed: whatever is not a known frame ends the worker.
@NullMarked
package mimo.sandbox.protocol;

import org.jspecify.annotations.NullMarked;
