package dev.quorate.memories;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import org.jspecify.annotations.Nullable;

/// Counts tokens as the cl100k encoding has them. Its tables are large and slow to load, so they
/// are loaded when first asked for. Thread-safe.
public final class Tokens {
  private @Nullable Encoding loaded;

  int count(String text) {
    return encoding().countTokensOrdinary(text);
  }

  private synchronized Encoding encoding() {
    if (loaded == null) {
      loaded = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);
    }
    return loaded;
  }
}
