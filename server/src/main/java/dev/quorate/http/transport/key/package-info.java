/// API keys: made from 256 random bits, shown once, kept only as hashes in a file that its owner
/// alone can read. Entry type: [dev.quorate.http.transport.key.ApiKey].
@NullMarked
package dev.quorate.http.transport.key;

import org.jspecify.annotations.NullMarked;
