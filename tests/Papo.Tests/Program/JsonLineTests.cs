// Owns: the JSON that scripts rely on, byte for byte.
// Must never: be loosened; a changed key is a broken script.
using System.Text.Json;
using CsCheck;
using Papo.Client;
using Papo.Output;
using Papo.Protocol;
using static Papo.Tests.Program.TestMessages;

namespace Papo.Tests.Program;

public class JsonLineTests
{
    [Fact]
    public void A_message_has_every_key_in_the_documented_order()
    {
        var message = Said(Ana, "olá \"bia\" 👋\n\e[31m") with { ReplyTo = Id(7), State = MessageState.Held };
        Assert.Equal(
            $$"""{"id":"{{Id(1)}}","room":"general","kind":"text","from":{"name":"ana","account":"{{Ana.Account}}","device":"{{Ana.Device}}","trust":"signed"},"at":"2026-11-23T12:01:00.000Z","text":"olá \"bia\" 👋\n\u001B[31m","replyTo":"{{Id(7)}}","state":"held"}""",
            JsonLines.Message(message));
    }

    [Fact]
    public void What_is_not_there_is_null() =>
        Assert.Equal(
            """{"id":null,"room":"general","kind":"text","from":{"name":"bob","account":null,"device":null,"trust":"guest"},"at":"2026-11-23T12:01:00.000Z","text":"hi","replyTo":null,"state":null}""",
            JsonLines.Message(Said(Bob, "hi")));

    [Fact]
    public void A_room_and_a_person_have_every_key()
    {
        Assert.Equal(
            """{"room":"general","joined":true,"online":2,"messages":12,"last":null,"missing":0}""",
            JsonLines.Room(new RoomSummary(Room.General, true, 2, 12, null, 0)));
        Assert.Equal(
            $$"""{"name":"bia","account":"{{Bia.Account}}","trust":"signed","online":true,"away":false,"status":"","since":"2026-11-23T12:00:00.000Z","devices":1,"rooms":["general"],"me":false}""",
            JsonLines.Person(Here(Bia)));
    }

    [Fact]
    public void Any_text_comes_back_from_one_line() =>
        Gen.String.Sample(static text =>
        {
            var line = JsonLines.Message(Said(Ana, text));
            using var json = JsonDocument.Parse(line);
            return !line.Contains('\n') && !line.Any(char.IsControl)
                && json.RootElement.GetProperty("text").GetString() == new string([.. text.EnumerateRunes().SelectMany(static rune => rune.ToString())]);
        });
}
