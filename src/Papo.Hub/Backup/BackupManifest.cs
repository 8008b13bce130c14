// Owns: what a backup says about itself, and the names in it.
// Must never: hold a secret; the keys are files of their own.
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Papo.Hub;

/// <summary>The first file of a backup.</summary>
/// <param name="Format">Format of the backup.</param>
/// <param name="Program">Version of the program that made it.</param>
/// <param name="MadeAt">When, in UTC.</param>
/// <param name="Account">The hub.</param>
/// <param name="Archive">Where the archive was: <c>sqlite:FOLDER</c>, <c>postgres://…</c> or empty for the hub's own folder.</param>
/// <param name="Spaces">The spaces it knows.</param>
internal sealed partial record BackupManifest(int Format, string Program, DateTimeOffset MadeAt, string Account, string Archive, IReadOnlyList<string> Spaces)
{
    /// <summary>The format that this program writes.</summary>
    public const int Current = 1;

    public const string File = "papo-backup.json";
    public const string SumsFile = "SHA256SUMS";
    public const string SettingsFile = "hub.conf";
    public const string ArchiveFolder = "archive";

    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this, Json.Default.BackupManifest);

    /// <summary>Null where it is none.</summary>
    public static BackupManifest? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, Json.Default.BackupManifest);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(BackupManifest))]
    private sealed partial class Json : JsonSerializerContext;
}
