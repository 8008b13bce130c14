// Owns: messages and people for tests of the program.
// Must never: need a broker, a store or a clock.
using Papo.Chat;
using Papo.Client;
using Papo.Protocol;
using Papo.Texts;

namespace Papo.Tests.Program;

/// <summary>Ana, bia and caio, and what they say.</summary>
internal static class TestMessages
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static readonly Author Ana = Person("ana", 1);

    public static readonly Author Bia = Person("bia", 2);

    public static readonly Author Caio = Person("caio", 3);

    public static readonly Author Bob = new("bob", null, null, Trust.Guest);

    public static readonly LineContext En = new(Words.For(Language.English), TimeZoneInfo.Utc);

    public static readonly LineContext Pt = new(Words.For(Language.BrazilianPortuguese), TimeZoneInfo.Utc);

    public static Author Person(string name, uint number) => new(name, new AccountId(number), new DeviceId(number), Trust.Signed);

    public static EntryId Id(int number) => new(((UInt128)((ulong)number * 0x9E3779B97F4A7C15UL) << 64) | (ulong)number);

    public static ChatMessage Said(Author author, string? text, int id = 1) => new()
    {
        Id = author.Account is null ? null : Id(id),
        Room = Room.General,
        From = author,
        At = Noon.AddMinutes(id),
        Text = text,
    };

    public static ChatMessage Own(string text, long number, MessageState state = MessageState.Queued) => new()
    {
        Number = number,
        Room = Room.General,
        From = Ana,
        At = Noon,
        Text = text,
        Mine = true,
        State = state,
    };

    public static Person Here(Author author, bool online = true, bool away = false, string status = "") =>
        new(author, online, Noon, status, away, online ? 1 : 0, [Room.General], false);

    public static ChatModel Model(bool live = false, bool opening = false)
    {
        var model = new ChatModel(Words.For(Language.English), TimeZoneInfo.Utc, "mqtt://localhost", live) { Opening = opening, Up = true, WasUp = true };
        model.LastDay = DateOnly.FromDateTime(Noon.DateTime);
        return model;
    }

    public static Room Dev => Room.TryParse("dev", out var room) ? room : throw new InvalidOperationException();

    public static Room Private(char id) => Room.TryFromWire("~" + new string(id, 22), out var room) ? room : throw new InvalidOperationException();

    public static string[] Plain(IEnumerable<Output.StyledLine> lines) => [.. lines.Select(static line => line.Plain)];
}
