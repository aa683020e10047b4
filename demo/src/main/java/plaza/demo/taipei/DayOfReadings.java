package plaza.demo.taipei;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The readings of one file of `youbike/slots`, by station and in the order of their times; of rows
/// with the same time the later one in the file comes last, and so becomes the state.
final class DayOfReadings {
  /// The clocks of the stations.
  static final ZoneOffset TAIPEI = ZoneOffset.ofHours(8);

  private static final String HEADER =
      "sno,total,available_rent_bikes,available_return_bikes,infoTime";

  private final Map<String, List<Reading>> byStation = new HashMap<>();
  private final List<Faulty> faulty = new ArrayList<>();
  private int rows;
  private int unbalanced;
  private LocalDate lastDay = LocalDate.EPOCH;
  private byte[] lastDayText = new byte[0];

  /// @param at seconds since 1970 UTC
  record Reading(String sno, int total, int bikes, int free, long at) {
    Instant observedAt() {
      return Instant.ofEpochSecond(at);
    }
  }

  static DayOfReadings read(Source source, String day, Register register) throws IOException {
    var file = Source.readings(day);
    var readings = new DayOfReadings();
    var bytes = source.read(file);
    int end = lineEnd(bytes, 0);
    var header = new String(bytes, 0, end, StandardCharsets.UTF_8).strip();
    if (!header.equals(HEADER))
      throw new IOException(file + " must begin with " + HEADER + ", not with " + header);
    int number = 1;
    for (int start = end + 1; start < bytes.length; start = end + 1) {
      end = lineEnd(bytes, start);
      number++;
      int last = end > start && bytes[end - 1] == '\r' ? end - 1 : end;
      if (last > start) readings.add(file, number, bytes, start, last, register);
    }
    readings.byStation.values().forEach(list -> list.sort(Comparator.comparingLong(Reading::at)));
    return readings;
  }

  private static int lineEnd(byte[] bytes, int from) {
    int end = from;
    while (end < bytes.length && bytes[end] != '\n') end++;
    return end;
  }

  private void add(String file, int number, byte[] bytes, int start, int end, Register register) {
    rows++;
    try {
      var reading = reading(bytes, start, end);
      if (register.find(reading.sno).isEmpty())
        throw new IllegalArgumentException("the register has no station " + reading.sno);
      if (reading.total != reading.bikes + reading.free) unbalanced++;
      byStation.computeIfAbsent(reading.sno, _ -> new ArrayList<>()).add(reading);
    } catch (IllegalArgumentException | DateTimeException e) {
      var row = new String(bytes, start, end - start, StandardCharsets.UTF_8);
      faulty.add(new Faulty(file, number, row, String.valueOf(e.getMessage())));
    }
  }

  /// By hand, because a million and more rows go through here while people wait.
  private Reading reading(byte[] bytes, int start, int end) {
    var commas = new int[5];
    int found = 0;
    for (int i = start; i < end; i++)
      if (bytes[i] == ',') {
        if (found == 4) throw new IllegalArgumentException("it has more than 5 cells");
        commas[found++] = i;
      }
    if (found != 4) throw new IllegalArgumentException("it has " + (found + 1) + " cells, not 5");
    commas[4] = end;
    return new Reading(
        new String(bytes, start, commas[0] - start, StandardCharsets.UTF_8),
        number("total", bytes, commas[0] + 1, commas[1]),
        number("available_rent_bikes", bytes, commas[1] + 1, commas[2]),
        number("available_return_bikes", bytes, commas[2] + 1, commas[3]),
        time(bytes, commas[3] + 1, end));
  }

  private static int number(String name, byte[] bytes, int start, int end) {
    int number = 0;
    boolean good = end > start && end - start <= 6;
    for (int i = start; good && i < end; i++) {
      good = bytes[i] >= '0' && bytes[i] <= '9';
      number = number * 10 + bytes[i] - '0';
    }
    if (!good)
      throw new IllegalArgumentException(
          name
              + " must be a whole number, not '"
              + new String(bytes, start, Math.max(0, end - start), StandardCharsets.UTF_8)
              + "'");
    return number;
  }

  /// `2025-04-09 01:18:14`, by the clocks of Taipei.
  private long time(byte[] bytes, int start, int end) {
    if (end - start != 19 || bytes[start + 10] != ' ')
      throw new IllegalArgumentException(
          "infoTime must look like 2025-04-09 01:18:14, not '"
              + new String(bytes, start, end - start, StandardCharsets.UTF_8)
              + "'");
    if (!Arrays.equals(bytes, start, start + 10, lastDayText, 0, lastDayText.length)) {
      lastDay = LocalDate.parse(new String(bytes, start, 10, StandardCharsets.UTF_8));
      lastDayText = Arrays.copyOfRange(bytes, start, start + 10);
    }
    int hour = number("infoTime's hour", bytes, start + 11, start + 13);
    int minute = number("infoTime's minute", bytes, start + 14, start + 16);
    int second = number("infoTime's second", bytes, start + 17, start + 19);
    return lastDay.atTime(hour, minute, second).toEpochSecond(TAIPEI);
  }

  /// Readings of one station, by time.
  Optional<List<Reading>> find(String sno) {
    return Optional.ofNullable(byStation.get(sno));
  }

  Collection<List<Reading>> all() {
    return byStation.values();
  }

  int rows() {
    return rows;
  }

  /// How many rows say that total is not what is rented out and what is free together. They are
  /// kept as they are.
  int unbalanced() {
    return unbalanced;
  }

  List<Faulty> faulty() {
    return faulty;
  }
}
