package plaza.portal.city;

import org.jspecify.annotations.Nullable;

/// A bike station without its readings.
///
/// @param name as people of the city read it, without the operator's prefix
/// @param english null when it has none
/// @param district its name; empty when it lies in none
/// @param total docks; -1 when it does not say
public record Station(
    String id,
    String name,
    @Nullable String english,
    double longitude,
    double latitude,
    String district,
    @Nullable String address,
    int total) {}
