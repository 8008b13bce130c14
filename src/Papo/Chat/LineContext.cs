// Owns: what a line needs to know besides its message, and the small shared parts: times, names, quotes, marks.
// Must never: read a clock or know where a line goes.
using System.Globalization;
using Papo.Client;
using Papo.Output;
using Papo.Texts;

namespace Papo.Chat;

/// <summary>How lines are written now.</summary>
/// <param name="Words">The language.</param>
/// <param name="Zone">Local time.</param>
internal sealed record LineContext(Words Words, TimeZoneInfo Zone)
{
    private const int ShortId = 5;
    private const int QuoteColumns = 30;

    /// <summary>Stands before the name of somebody whose key was compared; no name can hold it (<see cref="Harmless.Name"/>).</summary>
    public const string VerifiedSign = "✓";

    /// <summary>Whether messages show the beginning of their id.</summary>
    public bool ShowIds { get; init; }

    /// <summary>Whether lines begin with their room.</summary>
    public bool ShowRoom { get; init; }

    /// <summary><c>HH:MM</c>, local.</summary>
    public string Time(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The local day.</summary>
    public DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).DateTime);

    /// <summary>The line above the first message of a day.</summary>
    public StyledLine DayLine(DateOnly day) => StyledLine.Of($"—— {Words.Day(day)} ——", Ink.Quiet);

    /// <summary>A name as lines show it.</summary>
    public string Name(Author author) =>
        author.Trust == Trust.Guest ? Words.Guest(Harmless.Name(author.Name)) : Harmless.Name(author.Name);

    /// <summary>Adds a name in its person's colour.</summary>
    public StyledLine AddName(StyledLine line, Author author, string before = "", string after = "") =>
        author.Account is { } account
            ? line.Add(before + (author.Trust == Trust.Verified ? VerifiedSign : "") + Name(author) + after, Ink.Person, (uint)account.Value)
            : line.Add(before + Name(author) + after, Ink.Quiet);

    /// <summary>What is not proven about an author, in words; empty when nothing is amiss.</summary>
    public string Badge(Trust trust) => trust switch
    {
        Trust.Guest => Words.BadgeUnsigned,
        Trust.Changed => Words.BadgeNewKey,
        Trust.Unknown => Words.BadgeUnknown,
        Trust.Removed => Words.BadgeRemoved,
        _ => "",
    };

    /// <summary>The first line of a text in quotation marks, cut short.</summary>
    public string Quote(string? text)
    {
        var harmless = Harmless.Lines(text);
        var first = harmless.Split('\n')[0];
        first = first.Length == harmless.Length ? first : first + " …";
        return harmless.Length == 0 ? Words.SomethingEarlier : $"“{TextWidth.Cut(first, QuoteColumns)}”";
    }

    /// <summary>The short form of an id that commands take.</summary>
    public static string Short(Protocol.EntryId id) => id.ToString()[..ShortId];

    /// <summary>The sign of a state.</summary>
    public static string Mark(MessageState state) => state switch
    {
        MessageState.Queued => "…",
        MessageState.Sent => "✓",
        MessageState.Held => "✓✓",
        _ => "!",
    };
}
