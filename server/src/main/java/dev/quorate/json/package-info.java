/// JSON as this program reads and writes it: strict parsing with bounded depth, and one canonical
/// form whose bytes are hashed, stored and sent. Entry type: [dev.quorate.json.Json].
@NullMarked
package dev.quorate.json;

import org.jspecify.annotations.NullMarked;
