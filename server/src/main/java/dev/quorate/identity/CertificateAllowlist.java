package dev.quorate.identity;

import dev.quorate.failure.NodeFailure;
import dev.quorate.settings.NodeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The client certificates that are let in, by their SHA-256 fingerprints. Immutable.
///
/// The file has one a line: 64 hexadecimal digits, with or without colons and `sha256:` in front; a
/// peer id behind it binds the certificate to that peer. `#` begins a comment.
public final class CertificateAllowlist {
  private static final Pattern LINE =
      Pattern.compile("(?:sha256:)?([0-9a-f]{2}(?::?[0-9a-f]{2}){31})", Pattern.CASE_INSENSITIVE);

  private final Map<String, Entry> entries;

  private CertificateAllowlist(Map<String, Entry> entries) {
    this.entries = Map.copyOf(entries);
  }

  /// A certificate that is let in.
  ///
  /// @param peerId the only peer that may show it; empty for any
  public record Entry(String peerId) {
    boolean admits(String id) {
      return peerId.isEmpty() || peerId.equals(id);
    }
  }

  /// Lets none in.
  public static CertificateAllowlist none() {
    return new CertificateAllowlist(Map.of());
  }

  /// Reads the file, once.
  ///
  /// @throws NodeFailure if the file cannot be read, or a line of it is no fingerprint
  public static CertificateAllowlist read(Path file) {
    var entries = new HashMap<String, Entry>();
    try {
      var number = 0;
      for (var line : Files.readAllLines(file)) {
        number++;
        var hash = line.indexOf('#');
        var text = (hash < 0 ? line : line.substring(0, hash)).strip();
        if (!text.isEmpty()) take(text, "line %d of %s".formatted(number, file), entries);
      }
    } catch (NoSuchFileException e) {
      throw new NodeFailure("there is no file %s (tls.client-allowlist)".formatted(file), e);
    } catch (IOException e) {
      throw new NodeFailure("the file %s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
    return new CertificateAllowlist(entries);
  }

  /// What is known of a certificate; empty if it is not let in.
  ///
  /// @param fingerprint SHA-256 in lower-case hexadecimal
  public Optional<Entry> find(String fingerprint) {
    return Optional.ofNullable(entries.get(fingerprint));
  }

  private static void take(String text, String place, Map<String, Entry> entries) {
    var words = text.split("\\s+", 2);
    var match = LINE.matcher(words[0]);
    if (!match.matches()) {
      throw new NodeFailure(place + " is not a SHA-256 fingerprint of 64 hexadecimal digits");
    }
    var peerId = words.length == 2 ? words[1] : "";
    if (!peerId.isEmpty() && !NodeName.isName(peerId)) {
      throw new NodeFailure(place + " has something behind the fingerprint that is no peer id");
    }
    var fingerprint = match.group(1).replace(":", "").toLowerCase(Locale.ROOT);
    var before = entries.put(fingerprint, new Entry(peerId));
    if (before != null && !before.peerId().equals(peerId)) {
      throw new NodeFailure(place + " binds a certificate to a second peer");
    }
  }
}
