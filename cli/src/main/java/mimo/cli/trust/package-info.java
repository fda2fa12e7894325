/// Trust in what a repository brings along that can run (A57, S28, S29).
///
/// [mimo.cli.trust.Executables] are the files that count, [mimo.cli.trust.TrustStore] keeps which
/// of them the user trusts in which folder, and [mimo.cli.trust.Trust] decides. What is trusted is
/// bytes: any change is asked about again.
@NullMarked
package mimo.cli.trust;

import org.jspecify.annotations.NullMarked;
