// Owns: how people write times and waits on the command line.
// Must never: read a clock; now and the zone come in as parameters.
using System.Globalization;
using Papo.Protocol;

namespace Papo.Commands;

/// <summary>A bound of a part of the past: a message or a time.</summary>
/// <param name="Id">The message, or null.</param>
/// <param name="Time">The time (UTC) where <paramref name="Id"/> is null.</param>
internal sealed record Moment(EntryId? Id, DateTimeOffset Time)
{
    /// <summary>Takes a message id, RFC 3339, <c>2026-11-22</c>, <c>14:30</c> (today, or yesterday when that is still to come) or <c>2h</c> (ago).</summary>
    public static bool TryParse(string text, DateTimeOffset now, TimeZoneInfo zone, out Moment moment)
    {
        moment = new Moment(null, now);
        if (EntryId.TryParse(text, out var id))
        {
            moment = new Moment(id, default);
            return true;
        }

        if (!TryParseTime(text, now, zone, out var time))
        {
            return false;
        }

        moment = new Moment(null, time.ToUniversalTime());
        return true;
    }

    /// <summary>Takes <c>500ms 15s 2m 1h 3d</c>; a bare number counts seconds.</summary>
    public static bool TryParseSpan(string text, out TimeSpan span)
    {
        span = default;
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        if (digits is 0 or > 9 || !long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        var milliseconds = text[digits..] switch
        {
            "ms" => count,
            "" or "s" => count * 1000,
            "m" or "min" => count * 60_000,
            "h" => count * 3_600_000,
            "d" => count * 86_400_000,
            _ => -1,
        };
        if (milliseconds is < 0 or > 315_360_000_000) // ten years
        {
            return false;
        }

        span = TimeSpan.FromMilliseconds(milliseconds);
        return true;
    }

    private static bool TryParseTime(string text, DateTimeOffset now, TimeZoneInfo zone, out DateTimeOffset time)
    {
        time = now;
        if (text.Length > 0 && !char.IsAsciiDigit(text[^1]) && TryParseSpan(text, out var ago) && now - DateTimeOffset.UnixEpoch > ago)
        {
            time = now - ago;
            return true;
        }

        var local = TimeZoneInfo.ConvertTime(now, zone);
        if (TimeOnly.TryParseExact(text, ["HH:mm", "H:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock))
        {
            var today = local.Date + clock.ToTimeSpan();
            time = In(zone, today > local.DateTime ? today.AddDays(-1) : today);
            return true;
        }

        return TryParseDate(text, zone, out time);
    }

    /// <summary>Reads a day, or a day and a time.</summary>
    public static bool TryParseDate(string text, TimeZoneInfo zone, out DateTimeOffset time)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            time = In(zone, day.ToDateTime(TimeOnly.MinValue));
            return true;
        }

        string[] local = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd' 'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd' 'HH:mm:ss"];
        if (DateTime.TryParseExact(text, local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var stamp))
        {
            time = In(zone, stamp);
            return true;
        }

        // RFC 3339: Z or an offset, seconds with up to seven decimals.
        string[] full = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK"];
        return DateTimeOffset.TryParseExact(text.ToUpperInvariant(), full, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }

    // A local time that a clock change skips or repeats takes the zone's standard offset: good enough for a bound of the past.
    private static DateTimeOffset In(TimeZoneInfo zone, DateTime local) =>
        new(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone.GetUtcOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified)));
}
