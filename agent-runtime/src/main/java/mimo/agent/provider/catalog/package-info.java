/// Which models there are: the providers mimo knows, the user's own, and what a name means (A17,
/// A18, A20).
///
/// [mimo.agent.provider.catalog.ModelCatalog] answers every question;
/// [mimo.agent.provider.catalog.DefaultModel] is what it finds when nobody named a model.
@NullMarked
package mimo.agent.provider.catalog;

import org.jspecify.annotations.NullMarked;
