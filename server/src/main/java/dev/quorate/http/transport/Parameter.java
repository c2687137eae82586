package dev.quorate.http.transport;

import org.jspecify.annotations.Nullable;

/// One documented parameter of a route.
///
/// @param defaultValue what an absent parameter means; null where absence is a meaning of its own
public record Parameter(
    Place place,
    String name,
    Type type,
    boolean required,
    String description,
    @Nullable Object defaultValue) {

  /// Where the parameter stands.
  public enum Place {
    PATH,
    QUERY,
    HEADER
  }

  /// The JSON type of its value.
  public enum Type {
    STRING,
    INTEGER,
    NUMBER,
    BOOLEAN
  }

  public static Parameter path(String name, String description) {
    return new Parameter(Place.PATH, name, Type.STRING, true, description, null);
  }

  public static Parameter query(String name, Type type, String description) {
    return new Parameter(Place.QUERY, name, type, false, description, null);
  }

  public static Parameter header(String name, String description) {
    return new Parameter(Place.HEADER, name, Type.STRING, false, description, null);
  }

  public Parameter asRequired() {
    return new Parameter(place, name, type, true, description, defaultValue);
  }

  public Parameter defaultingTo(Object value) {
    return new Parameter(place, name, type, required, description, value);
  }
}
