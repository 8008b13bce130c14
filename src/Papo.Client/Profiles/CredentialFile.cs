// Owns: the file that keeps broker credentials, by broker URL, readable by its owner only.
// Must never: be written into a folder or file that others can read.
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Papo.Client;

/// <summary>Credentials by canonical broker URL, as JSON.</summary>
internal sealed partial class CredentialFile(string path)
{
    public Credentials? Find(string url) => Read().GetValueOrDefault(url);

    public void Keep(string url, Credentials credentials)
    {
        var all = Read();
        all[url] = credentials;
        PrivateFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(all, Json.Default.DictionaryStringCredentials));
    }

    private Dictionary<string, Credentials> Read()
    {
        if (PrivateFile.ReadText(path) is not { } text)
        {
            return [];
        }

        try
        {
            return JsonSerializer.Deserialize(text, Json.Default.DictionaryStringCredentials) ?? [];
        }
        catch (JsonException malformed)
        {
            throw new ProfileException(ProfileProblem.Damaged, path, malformed.Message, malformed);
        }
    }

    [JsonSourceGenerationOptions(WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(Dictionary<string, Credentials>))]
    private sealed partial class Json : JsonSerializerContext;
}
