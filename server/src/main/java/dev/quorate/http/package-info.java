/// The HTTP API under `/api/v1`: parses requests for the use cases in [dev.quorate.memories] and
/// renders what they answer. No rules of memory live here. Entry type: [dev.quorate.http.Api].
@NullMarked
package dev.quorate.http;

import org.jspecify.annotations.NullMarked;
