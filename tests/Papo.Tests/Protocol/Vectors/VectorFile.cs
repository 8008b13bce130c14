// Owns: how a vector file is written: an array of objects, bytes in hex, in the order they were added.
// Must never: write anything that differs between two runs.
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Papo.Tests.Protocol.Vectors;

internal sealed class VectorFile
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonArray _vectors = [];

    public VectorFile Add(string name, string sentence, params (string Field, object? Value)[] fields)
    {
        var vector = new JsonObject { ["name"] = name, ["says"] = sentence };
        foreach (var (field, value) in fields)
        {
            vector[field] = Node(value);
        }

        _vectors.Add((JsonNode)vector);
        return this;
    }

    public override string ToString() => _vectors.ToJsonString(Options).ReplaceLineEndings("\n") + "\n";

    public static JsonObject Object(params (string Field, object? Value)[] fields) => new(fields.Select(static f => KeyValuePair.Create(f.Field, Node(f.Value))));

    private static JsonNode? Node(object? value) => value switch
    {
        null => null,
        JsonNode node => node,
        byte[] bytes => Convert.ToHexStringLower(bytes),
        ReadOnlyMemory<byte> bytes => Convert.ToHexStringLower(bytes.Span),
        string text => text,
        bool flag => flag,
        int number => number,
        long number => number,
        IEnumerable<object?> list => new JsonArray([.. list.Select(Node)]),
        _ => throw new ArgumentException(value.GetType().Name),
    };
}
