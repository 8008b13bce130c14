// Owns: the lines that a process of a world writes for whoever runs it, as JSON.
// Must never: be what anything is judged by alone; the stores are.
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Papo.Torture.Actors;

/// <summary>A message as a member lists it.</summary>
internal sealed record ListedLine(string? Id, string From, string? Account, string Trust, string? Text, string? ReplyTo, bool Edited, bool Deleted, IReadOnlyList<string> Reactions);

/// <summary>One line. <see cref="Re"/> is the number of the command it answers, null for what happens by itself.</summary>
internal sealed record Told(string What)
{
    private static readonly JsonSerializerOptions Lines = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public int? Re { get; init; }

    public long? Number { get; init; }

    public string? Id { get; init; }

    public string? Room { get; init; }

    public string? Text { get; init; }

    public string? State { get; init; }

    public string? Account { get; init; }

    public string? Space { get; init; }

    public bool? Up { get; init; }

    public IReadOnlyList<string>? Rooms { get; init; }

    public IReadOnlyList<ListedLine>? History { get; init; }

    public string ToLine() => JsonSerializer.Serialize(this, Lines);

    /// <summary>Null for a line that a killed process did not finish.</summary>
    public static Told? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Told>(line, Lines);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
