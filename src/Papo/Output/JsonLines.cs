// Owns: the JSON of the command line: one object a line, every key present, in the documented order (README, JSON).
// Must never: change a key; scripts rely on them. Foreign text is escaped by the writer, not made harmless: scripts get what was said.
using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Papo.Client;

namespace Papo.Output;

/// <summary>Objects as single lines of JSON.</summary>
internal static class JsonLines
{
    private static readonly JsonWriterOptions Options = new() { Encoder = new PlainJsonEncoder() };

    /// <summary>A message.</summary>
    public static string Message(ChatMessage message) => Write(json =>
    {
        json.WriteString("id", message.Id?.ToString());
        json.WriteString("room", message.Room.Label ?? message.Room.Name);
        json.WriteString("kind", Kind(message.Kind));
        json.WritePropertyName("from");
        From(json, message.From);
        json.WriteString("at", At(message.At));
        json.WriteString("text", message.Text);
        json.WriteString("replyTo", message.ReplyTo?.ToString());
        json.WriteString("state", message.State is { } state ? State(state) : null);
    });

    /// <summary>A room of a listing.</summary>
    public static string Room(RoomSummary room) => Write(json =>
    {
        json.WriteString("room", room.Room.Label ?? room.Room.Name);
        json.WriteBoolean("joined", room.Joined);
        json.WriteNumber("online", room.Online);
        json.WriteNumber("messages", room.Messages);
        json.WriteString("last", room.Last is { } last ? At(last) : null);
        json.WriteNumber("missing", room.Missing);
    });

    /// <summary>A person of a listing.</summary>
    public static string Person(Person person) => Write(json =>
    {
        json.WriteString("name", person.Who.Name);
        json.WriteString("account", person.Who.Account?.ToString());
        json.WriteString("trust", Trusted(person.Who.Trust));
        json.WriteBoolean("online", person.Online);
        json.WriteBoolean("away", person.Away);
        json.WriteString("status", person.Status);
        json.WriteString("since", At(person.Since));
        json.WriteNumber("devices", person.Devices);
        json.WriteStartArray("rooms");
        foreach (var room in person.Rooms)
        {
            json.WriteStringValue(room.Name);
        }

        json.WriteEndArray();
        json.WriteBoolean("me", person.IsMe);
    });

    /// <summary>A copy of the account.</summary>
    public static string Copy(AccountCopy copy) => Write(json =>
    {
        json.WriteString("id", copy.Copy.ToString());
        json.WriteString("name", copy.Name.Length == 0 ? null : copy.Name);
        json.WriteBoolean("this", copy.IsThis);
        json.WriteBoolean("linked", copy.IsLinked);
        json.WriteString("since", At(copy.Since));
    });

    private static void From(Utf8JsonWriter json, Author from)
    {
        json.WriteStartObject();
        json.WriteString("name", from.Name);
        json.WriteString("account", from.Account?.ToString());
        json.WriteString("device", from.Device?.ToString());
        json.WriteString("trust", Trusted(from.Trust));
        json.WriteEndObject();
    }

    private static string At(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Kind(MessageKind kind) => kind switch
    {
        MessageKind.Text => "text",
        MessageKind.Edit => "edit",
        MessageKind.Delete => "delete",
        MessageKind.Reaction => "reaction",
        MessageKind.Locked => "locked",
        MessageKind.Withdrawn => "withdrawn",
        MessageKind.Restored => "restored",
        _ => "unsupported",
    };

    private static string State(MessageState state) => state switch
    {
        MessageState.Queued => "queued",
        MessageState.Sent => "sent",
        MessageState.Held => "held",
        _ => "failed",
    };

    private static string Trusted(Trust trust) => trust switch
    {
        Trust.Signed => "signed",
        Trust.Verified => "verified",
        Trust.Guest => "guest",
        Trust.Changed => "changed",
        Trust.Removed => "removed",
        _ => "unknown",
    };

    private static string Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
