/// Finding memories by their words and by what they mean: a Lucene index beside the store that
/// follows the store's changes and can be built again from it at any time. A search sees everything
/// that this node answered before the search began. Entry type: [dev.quorate.search.SearchIndex].
@NullMarked
package dev.quorate.search;

import org.jspecify.annotations.NullMarked;
